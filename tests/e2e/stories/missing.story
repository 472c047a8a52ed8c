# No store where one was looked for: the sentence says where, and what to do.
store none
start
exit 4
expect proposals init
sh proposals list
~ proposals init
status 4
sh proposals init $T/other
start --store $T/other
expect 提案库还是空的
redraw
quit q
start --store $T
exit 4
restored
start --config $T/none.yaml
exit 3
start --no-such-option
exit 2
start --session 14-2 --store $T/other
expect 十四届二次
quit q
