# README, E or F8: one proposal is edited field by field; nothing is written
# before the preview is confirmed, and it is one batch that u takes back.
store seed
start
type 4
key <Enter> E
screen form

# A line is typed; Esc leaves the field as it was, Enter takes it.
key <Enter>
type （修改）
screen title-typed
key <Esc>
screen title-left
key <Enter> <End> <BS> <BS>
type 提案
key <Enter>
screen title-changed

# What cannot be is told beside the field, which stays open.
key <Down> <Down> <Enter> <C-u>
type 经济局
key <Enter>
screen unit-unknown
key <C-u>
type 经信局、商务局
key <Enter>
expect 主办      经信局、商务局  已改
key <Down> <Down> <Down> <Down> <Enter>
type 2024-02-30
key <Enter>
screen date-wrong
key <C-u>
type 12月5日
key <Enter>
expect 应复日期  2024-12-05  已改

# A choice is made from the list; its key picks it, and the workflow holds.
key <Up> <Enter>
screen statuses
key o
expect 状态不能这样改
key <Enter> a
expect 状态      已答复  已改
key <Down> <Down> <Enter>
screen results
key 2
screen chosen

# A text of several lines keeps them.
key <End> <Up> <Up> <Enter> <PgUp> <PgUp> <Home>
type 第一段。
key <Enter> <Enter>
screen text
key <Esc>
screen text-asked
key <F8>
screen changed

# Esc asks before it loses something; another key takes the question back.
key <Esc>
screen asked
key <Up>
key <Esc>
expect 再按一次 Esc 放弃

# The preview: keys typed before it can be read do nothing, Enter neither.
burst <F8> y
expect 还没有写入
screen preview
key <Enter>
expect 还没有写入：要确认请输入件数 1
sh proposals batches --json | wc -l
= 1
key <Esc>
expect -- 修改第4号  已改 6 项
key <F8>
expect 还没有写入
key n
type 办公室核对
key <Enter>
screen noted
key y
screen saved
sh proposals show 4 --json
~ "status":"answered"
~ "result":"B"
~ "due":"2024-12-05"
~ "outcome":"第一段。\n\n
sh proposals batches 2
~ （办公室核对）
key u
expect 已保存：撤销批次 2
screen undone
sh proposals show 4 --json
~ "status":"handling"

# Left with nothing changed there is nothing to ask, and nothing to save.
key E <F8>
expect 第4号没有要保存的修改
key <Enter> <Enter> <Esc>
expect -- 第4号
redraw
key <Esc>
quit q
