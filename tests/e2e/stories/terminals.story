# Every terminal people come from: the same screens, their own function keys,
# Home and End, the keypad's digits. An unknown one is taken for an xterm, with
# a warning; a dumb one is told what there is instead.
store seed replied
start
screen list
colours some
quit q

term screen-256color
sh rm -rf $HOME/.local/state
start
screen list
burst <x1b>[1~ <x1b>[4~
expect-cursor 12,0
quit q

term tmux-256color
sh rm -rf $HOME/.local/state
start
screen list
key <F6>
screen statuses
key <Esc>
quit q

term linux
sh rm -rf $HOME/.local/state
start
screen list
colours some
burst <x1b>[[B
expect 第1号的历史
key <Esc>
burst <x1b>[[A
expect -- 帮助
key <Esc>
burst <x1b>[[C
expect-cursor 1,7
key <Esc>
burst <x1b>[4~
expect-cursor 12,0
quit q

term putty
sh rm -rf $HOME/.local/state
start
expect -- 第1号
redraw
burst <x1b>[12~
expect 第1号的历史
key <Esc>
burst <x1b>[11~
expect -- 帮助
key <Esc>
burst <x1b>[4~
expect-cursor 12,0
burst <x1b>[1~
expect-cursor 3,0
burst <x1b>[17~
screen statuses
key <Esc>
# The digits of its keypad, in application mode, and its Enter.
burst <x1b>Oq <x1b>Ow <x1b>Os
expect 编号：173
burst <x1b>OM
expect -- 第173号
redraw
key <Esc>
quit q

term vt100
sh rm -rf $HOME/.local/state
start
screen list
colours none
quit q

term no-such-terminal
sh rm -rf $HOME/.local/state
start
screen unknown
key <Down>
expect-cursor 4,0
redraw
quit q

term dumb
sh rm -rf $HOME/.local/state
start
exit 2
expect proposals
expect-not 案由
restored
env TERM
sh rm -rf $HOME/.local/state
start
screen no-term
quit q
