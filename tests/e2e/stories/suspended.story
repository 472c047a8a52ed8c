# Ctrl-Z under a shell that minds its jobs: the terminal is the shell's again,
# and fg brings back what was open, with what others did meanwhile, in the size
# the window has by then.
store seed
shell dash -i
expect %
type proposals
key <Enter>
expect -- 第1号
key <Down> <Down>
expect-cursor 5,0
expect -- 第8号
key <C-z>
expect Stopped
restored
sh proposals status 已答复 4
resize 120x40
type fg
key <Enter>
expect 已答复 1
expect-cursor 5,0
redraw
expect -- 第8号

# Wherever one is: in a line that is typed, before a preview is confirmed.
key /
type 工业
key <C-z>
restored
type fg
key <Enter>
expect 搜索：工业
type 园
expect 搜索：工业园
key <Esc>
key <F6> a
expect 可执行 1
key <C-z>
restored
type fg
key <Enter>
expect 可执行 1
redraw
key y
expect 第8号已保存
key <C-u>
expect 第8号已保存：撤销

# What is typed behind it is the shell's, and no key of ours.
burst <C-z> <F6> <Enter>
restored
type fg
key <Enter>
expect-cursor 5,0
expect-not 预览

# As a command.
type :暂停
key <Enter>
restored
type fg
key <Enter>
expect-cursor 5,0
key q
restored

# A script that runs it waits as well, and goes on afterwards.
sh rm -rf $HOME/.local/state
type sh -c 'proposals; echo it ended with $?'
key <Enter>
expect -- 第1号
key <C-z>
restored
expect-not it ended with 0
type fg
key <Enter>
expect -- 第1号
redraw
key q
expect it ended with 0
restored

# Asked by another program; and stopped by one that does not ask.
sh rm -rf $HOME/.local/state
type sh -c 'echo $$ >$T/pid; exec proposals'
key <Enter>
expect -- 第1号
sh kill -TSTP $(cat $T/pid)
restored
type fg
key <Enter>
expect -- 第1号
redraw
sh kill -STOP $(cat $T/pid); until grep -q 'State:.T' /proc/$(cat $T/pid)/status; do sleep 0.01; done
expect Stopped (signal)
# The modes are ours still, and Enter is not yet the end of a line.
type fg
key <C-j>
expect-gone Stopped (signal)
redraw
expect -- 第1号
key <Down>
expect-cursor 4,0

# In the background it leaves the terminal alone, and waits for the shell.
key <C-z>
restored
type bg
key <Enter>
sh sleep 0.1; until grep -q 'State:.T' /proc/$(cat $T/pid)/status; do sleep 0.01; done
restored
type fg
key <Enter>
expect -- 第1号
redraw
key q
restored
sh rm -rf $HOME/.local/state
type proposals &
key <Enter>
type fg
key <Enter>
expect -- 第1号
redraw
key q
restored

# Ignored, as for a command that nobody may leave: Ctrl-Z is undo, and there is
# no way to the shell.
sh rm -rf $HOME/.local/state
type (trap '' TSTP; proposals)
key <Enter>
expect -- 第1号
key <C-z>
expect 预览，还没有写入
key <Esc>
type :暂停
key <Enter>
expect 没有可以返回的 shell
key q
restored

# The shell goes away while it is stopped: it goes as well.
sh rm -rf $HOME/.local/state
type sh -c 'echo $$ >$T/pid; exec proposals'
key <Enter>
expect -- 第1号
key <C-z>
restored
hangup
sh while kill -0 $(cat $T/pid) 2>/dev/null; do sleep 0.01; done

# The same under bash, which minds the modes as well.
shell bash --norc --noprofile -i
expect %
sh rm -rf $HOME/.local/state
type sh -c 'echo $$ >$T/pid; exec proposals'
key <Enter>
expect -- 第1号
key <Down> <C-z>
expect Stopped
type fg
key <Enter>
expect -- 第4号
redraw
sh kill -STOP $(cat $T/pid)
expect Stopped
type fg
key <Enter>
expect-gone Stopped
redraw
expect-cursor 4,0
key q
expect %
hangup
