# A window that is dragged about, in every page: what was open is open, and
# the screen is whole.
store sample 262
start
expect -- 第1号
resize 40x10 200x60 10x3 1x1 81x25 80x24
redraw
expect -- 第1号
type 17
resize 40x10 20x4 300x100 1x1 80x24
redraw
expect 第17号《
key <Enter>
resize 200x60 39x9 120x40 1x1 2x2 80x24
redraw
expect -- 第17号
key <F2>
resize 20x4 120x40 1x1 80x24
redraw
expect 第17号的历史
key <Esc> <Esc> <F3>
resize 120x40 19x3 200x60 80x24
redraw
expect-cursor 1,7
key <Down> <Right> <End>
resize 40x10 300x100 1x1 80x24
redraw
expect 筛选  272 件
key <Esc> <C-a> <F6>
resize 40x10 1x1 80x24
redraw
expect 把 272 件的状态改为
key a
expect 可执行 96
type 9
resize 40x10 1x1 19x50 200x4 80x24
redraw
expect 确认：9
key <Tab>
type 文号
resize 40x10 1x1 80x24
redraw
expect 附注（文号、会议）：文号
key <Esc> <Esc> <C-g>
resize 40x10 1x1 80x24
redraw
expect 批次，最近的在上面
key <Esc> <F1> <End>
resize 40x10 1x1 80x24
redraw
key <Esc> :
resize 40x10 1x1 80x24
redraw
expect 命令：
key <Esc>
key /
type 经
resize 40x10 1x1 80x24
redraw
expect 搜索：经
key <Esc>
quit q
