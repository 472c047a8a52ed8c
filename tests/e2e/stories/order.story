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
