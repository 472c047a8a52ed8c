# README, tour, steps 3 to 6: filter 办理中, mark all, change them to 已答复 in
# one batch after a preview, take it back, do it again.
store seed
size 120x40
start
key f
screen band
key <Right>
screen band-on-handling
key <Enter>
screen filtered
key a
screen all-marked
key s
screen statuses
key a
screen preview
key y
screen saved
sh proposals list status=已答复 --json | wc -l
= 10
sh proposals batches --limit 1
~ 10 件
key u
screen taken-back
sh proposals list status=办理中 --json | wc -l
= 10
key R
screen done-again
sh proposals list status=已答复 --json | wc -l
= 10

# The history has all of it, and nobody can take the marks' return away.
key c
key h
screen history
key <Esc>
key U
screen marks-again

# One alone, from the opened proposal; with nothing marked it is that one.
key U
type 4
key <Enter>
expect -- 第4号
key s
screen one-status
key o
screen one-preview
type 是
screen one-saved
key u
expect 第4号已保存
key <Esc>
sh proposals show 4 --json
~ "status":"answered"
quit q
