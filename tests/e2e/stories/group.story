# In groups: heads with subtotals, which the cursor passes over; pages, marks
# and the search as in any list. And to the next late one, around the end.
store sample 262
start
key x
screen menu
key <Down> <Down> <Enter>
screen by-unit
key <Home>
screen first
key <PgDn>
screen page
key <PgDn> <PgUp>
screen page
key <PgUp>
screen first
key <End>
screen last
key <Up> x40 
redraw
key <Space> <Space>
screen marked
# The cursor stays on its proposal.
type :group 状态
key <Enter>
screen by-status
type :sort -期限
key <Enter>
screen by-status-and-due
resize 40x10
screen by-status-40
key <PgDn>
screen page-40
resize 40x4
redraw
resize 120x40
redraw
resize 80x24
# Late ones.
key <Home> n
screen late
key n N
screen late
key N
expect 到头了，从底下接着找
screen late-around
key <C-n>
expect 到底了，从头接着找
screen late-again
key <Enter> <C-n>
screen late-opened
key <C-e>
screen late-opened-before
key <Esc>
type /自行车
key <Enter>
screen found
key n
expect 列表里没有逾期的提案
key <C-r> <C-x> <Home> <Up> <Up> <Up> <Up> <Up> <Up> <Up> <Enter>
screen not-grouped
type :group 期限
key <Enter>
expect 不能按“期限”分组
type :group session
key <Enter>
expect 按届次分组：1 组
type :group none
key <Enter>
expect 不分组
quit q
