# A crash is told in one sentence, with the terminal as it was; nothing dies by
# a signal. The other deadly signals are tests/unit/test_crash.c's: a sanitizer
# takes them for itself.
store seed
start
expect -- 第1号
key <F6>
expect 把 1 件
signal ABRT
exit 70
restored
expect 提案库文件可能已损坏
expect 没有保存任何修改
expect check 检查
