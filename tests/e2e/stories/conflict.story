# README, promises: a change never overwrites what somebody saw not. While
# the preview is open another process changes two of ten: within half a second
# they are 需复核, y writes nothing, and the rest is a second, explicit step.
store seed
start
key <C-a> <F6> <Enter>
screen preview
sh proposals status 延期 9 23 --note 另一位同事
within 0.5 需复核 2
screen review
key y
screen nothing-written
sh proposals list status=已答复 --json 2>/dev/null | wc -l
= 0
key y
screen rest-written
sh proposals list status=已答复 --json | wc -l
= 8
sh proposals list status=延期 --json | wc -l
= 2

# All of them at once: nothing is left to do.
key <C-a> <F6> o
expect 可执行 8
sh proposals status 已办结 1 4 8 17 36 51 161 173
expect 没有可以写入的提案，按 Esc 返回
screen nothing-left
key y <Enter> <Esc>
expect 已办结 8
quit q
