# --read-only: everything can be looked at, nothing changed.
store seed replied
start --read-only
screen list
key <C-a> <F6>
screen refused
key <Esc>
key <C-z>
screen undo-refused
key <C-g> <F6>
screen batch-refused
key <Esc>
key u R s
expect 只读
type 173
key <Enter>
expect -- 第173号
key <F6>
expect 现在是只读方式，不能“改状态”
key <F8>
expect 现在是只读方式，不能“修改”
redraw
key <Esc>
quit q
sh proposals --read-only status 已办结 173
~ 只读
status 5
sh proposals batches --json | wc -l
= 2
