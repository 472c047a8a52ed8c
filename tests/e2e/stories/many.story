# README, tour, step 5: above 20 the count has to be typed. Enter alone and
# the key that opened the preview never confirm, and neither do keys that
# were typed before the preview was on screen.
store sample 262
size 120x40
start
key <F3> <Right> <Right> <Right> <Right> <Right> <Right> <Right> <Right>
screen band
key <Enter>
screen filtered
key <C-a>
key <F6>
screen statuses
key <Enter>
screen preview
key <Enter> <Enter> <F6> y <Space> s
expect s 在这里没有作用
screen not-confirmed
type 9
key <Enter>
screen too-few
type ９３
key <BS>
screen nine
key <Esc> <Esc>
expect 已取消
sh proposals batches --json | wc -l
= 2

# All in one go, faster than the screen: nothing may be written.
key U
expect 已选 92 件
burst <F6> <Enter> 9 2 <Enter>
expect 可执行 92
screen burst
key <Esc>
key U
burst <Space> <F6> <Enter> y y y <Enter>
expect 可执行 1
screen burst-one
sh proposals batches --json | wc -l
= 2
key <Esc>
key U <C-a> <F6> <Enter>
expect 可执行 92
redraw
type 92
screen typed
key <Enter>
screen saved
sh proposals list status=已答复 --json | wc -l
= 155
sh proposals batches --limit 1
~ 92 件
key <C-z>
screen taken-back
sh proposals list status=办理中 --json | wc -l
= 92
quit q
