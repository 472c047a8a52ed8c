# What was seen last is there at the next start: filter, order, groups, the
# view, the cursor's proposal. Arguments win; another register has its own
# beginning; what is gone is told; a damaged or unwritable file is a sentence.
store sample 262
size 120x40
start
key b 3 <Down> <Down>
screen left
quit q
sh stat -c %a $HOME/.local/state/proposals/last
= 600
start
screen again
type :filter 级别=重点
key <Enter>
expect 视图 待签收（已改）
quit <C-c> <C-c>
start
expect 视图 待签收（已改）
key c
expect-gone 视图
key <End>
expect 272 件
quit q
start
expect 272 件
expect-not 还是上次
screen end

# The line is closed: it is remembered all the same.
key b 1
expect 视图 逾期
hangup
start
expect 视图 逾期
signal TERM
start --session 14-2
expect-not 视图
quit q
start
expect-not 视图
key b 4
expect 视图 重点
quit q
sh proposals init $T/other
start --store $T/other
expect-not 视图
quit q
start
expect-not 视图

# Values that are gone.
key b 3
expect 视图 待签收
quit q
sh sed -i 's/^filter .*/filter status=gone level=key/' $HOME/.local/state/proposals/last
start
expect 上次的条件里有的已经没有了：第 8 字：没有“gone”这个状态
expect 重点
quit q

# No such file, nothing that can be written there, and nobody's home.
sh echo 乱 >$HOME/.local/state/proposals/last
start
expect 上次看到哪里没有读出来，从头开始
key b 3
quit q
start
expect 视图 待签收
quit q
sh rm -r $HOME/.local && echo >$HOME/.local
start
key b 1
expect 视图 逾期
quit q
restored
sh rm $HOME/.local
env HOME
start
expect-not 视图
key b 1
expect 视图 逾期
quit q
