# README, tour, step 7: every command from the palette, by its Chinese or its
# English name, from the menu, and in the help.
store seed replied
start
type :
screen palette
type ba
screen found
key <Tab>
screen completed
key <Enter>
screen batches
key <Esc>
type ：
type 筛选
screen chinese
key <Down>
screen second
key <Esc>
screen closed
type :goto 第36号
key <Enter>
expect -- 第36号
type :历史
key <Enter>
expect 第36号的历史
key <Esc> <Esc>
type :status 已办结
key <Enter>
screen by-command
key <Esc>
type :status 已办洁
key <Enter>
screen no-such-status
type :没有
key <Enter>
screen unknown
type :import x
key <Enter>
expect 没有“import”这个命令
key <F9>
screen menu
key <PgDn> <Down>
screen menu-end
key <Esc>
burst <F9> <Down> <Down> <Down> <Down> <Enter>
expect 搜索：
key <Esc>
key <F1>
screen help
key <PgDn> <PgDn>
screen help-further
key <End>
screen help-end
key q
key <Enter>
key <F9>
screen menu-of-detail
key <Esc> <Esc>
key z
screen no-such-key
key <F12>
expect F12 在这里没有作用
quit q
