# Views with an input method on: no letter is ever typed.
store sample 262
size 80x24
start
key <C-b>
expect-gone …
key <Down> <Down> <Enter>
expect 视图 待签收
key <C-b> 4
expect 视图 重点
key <C-b> <C-s>
type 我的重点
key <Enter>
expect 已把现在的筛选和排序存为视图“我的重点”
key <F6>
type ２
key <Enter>
expect 改名为“我的重点２”
key <F7> <BS>
type 9
key <Enter>
expect 按 9 打开“我的重点２”
key <C-s>
type 另一个
key <Enter>
key <S-Up> <Esc>
expect 视图 另一个
key <C-b> 9
expect 视图 我的重点２
key <C-b> <Del> <Down> <Enter>
expect 已删去视图“我的重点２”
quit <Esc> <C-c> <C-c>
