# As the staff meets it: over SSH, started by sshd's ForceCommand. There is no
# shell to go back to, so Ctrl-Z is undo; and who loses the line leaves nothing
# behind.
store seed
sshd
start
expect -- 第1号
key <F6> a
expect 可执行 1
key y
expect 第1号已保存
key <C-z>
expect 第1号已保存：撤销
sh kill -TSTP $(cat $T/pid)
type :暂停
key <Enter>
expect 没有可以返回的 shell
redraw
resize 100x30
redraw
expect -- 第1号
quit q
start
expect -- 第1号
key <F6> a
expect 可执行 1
hangup
sh while kill -0 $(cat $T/pid) 2>/dev/null; do sleep 0.01; done
start
expect -- 第1号
sh kill -TERM $(cat $T/pid)
exit 143
restored
