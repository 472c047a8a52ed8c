# However it ends the terminal is given back, the exit status says how, and the
# store is clean.
store seed
start
expect -- 第1号
quit q
sh rm -rf $HOME/.local/state
start
expect -- 第1号
key <C-c>
screen asked
key <Down> <C-c>
expect 再按一次 Ctrl-C 退出
redraw
quit <C-c>
sh rm -rf $HOME/.local/state
start
expect -- 第1号
key <F6> <Enter>
expect 可执行 1
key <C-c>
expect 再按一次 Ctrl-C 退出
quit <C-c>
sh rm -rf $HOME/.local/state
start
expect -- 第1号
key /
expect 搜索：
quit <C-c> <C-c> <C-c>

sh rm -rf $HOME/.local/state
start
expect -- 第1号
signal TERM
restored
sh rm -rf $HOME/.local/state
start
expect -- 第1号
key <F1>
signal HUP
restored
sh rm -rf $HOME/.local/state
start
expect -- 第1号
signal INT
restored
sh rm -rf $HOME/.local/state
start
expect -- 第1号
key <F6> <Enter>
expect 可执行 1
hangup
sh rm -rf $HOME/.local/state
start
expect -- 第1号
type 17
hangup

# With hang-ups ignored by whoever started it, the end of input ends it.
terminal ignore-hup
sh rm -rf $HOME/.local/state
start
expect -- 第1号
key <F3>
hangup
terminal no-tty-in
sh rm -rf $HOME/.local/state
start
exit 2
expect proposals list
terminal no-tty-out
sh rm -rf $HOME/.local/state
start
exit 2
