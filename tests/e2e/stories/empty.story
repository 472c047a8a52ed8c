# A register with nothing in it says what to do; one with one proposal is no
# different from others.
store empty
start
screen list
key <F6>
screen nothing-to-change
key <F2>
screen no-history
key <Enter> <Space> <C-a> <F4> <F5> <S-Down> <PgDn> <End> <Home> <Up> <Esc>
redraw
key <C-z>
screen nothing-to-undo
key <C-y>
expect 没有可以重做的批次
key <C-g>
screen no-batches
key <Enter> <Space>
redraw
key <F6>
expect 还没有任何批次
key <Esc>
type 1
screen number
key <Enter>
expect 没有第1号提案
paste 4、173
screen pasted
key <F3> <Right> <Down>
screen filter
key <Right> <Space> <Right> <End> <Space> <Enter>
redraw
key <Esc> <C-r>
key <C-d>
expect 逾期：0 件
key <C-r> <Tab>
redraw
key <Esc>
sh printf '%s\n' '{"session":"14-3","number":7,"title":"只有这一件"}' | proposals import -
~ 新增 1 件
within 0.5 只有这一件
expect -- 第7号
screen one
key <C-r>
key <Down> <Up> <PgDn> <End> <Space>
screen one-marked
key <F6>
screen one-statuses
key <Esc> <Enter>
screen one-open
key <Esc>
quit q
