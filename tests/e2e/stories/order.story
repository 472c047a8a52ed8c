# Sorted anew, shown late ones, filtered: the cursor and the marks stay with
# their proposals.
store sample 262
start
type 113
key <Esc>
key <Down> <Space> <Space> <Space>
key <C-o>
screen menu
key <Down> <Down> <Enter>
screen by-due
key <C-o> <Enter>
screen by-due-reversed
key o <Down> <Enter>
screen by-unit
key o <Down> <Enter>
screen by-status
key o <Down> <Enter>
expect 按更新时间排列
redraw
type :sort 编号
key <Enter>
expect 按编号排列
# Several orders, in the menu: Space adds, turns, and takes out again.
type :sort 主办
key <Enter>
expect 按主办排列
key <C-o> <Up> <Space> <Space>
screen menu-several
key <Esc>
screen by-several
resize 40x10
screen by-several-40
resize 80x24
type :sort 状态,-期限
key <Enter>
screen by-status-and-due
type :sort 状态,状态
key <Enter>
expect 排序里“状态”写了两次
type :sort -编号
key <Enter>
expect 按编号反序排列
type :sort 编号
key <Enter>
key <C-d>
screen late
key d
screen soon
key d
screen all-again
key <F3> <End> <Enter>
screen marks-outside
key <F6>
screen still-three
key <Esc> <C-r>
key <C-o>
key <Esc>
type :sort 颜色
key <Enter>
screen no-such-order
quit q
