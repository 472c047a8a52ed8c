# README, promises: another's commit shows within half a second; the cursor,
# the marks and the scroll stay with their proposals.
store sample 262
start
key <PgDn> <PgDn> <Down> <Down> <Space> <Space>
screen before
sh proposals import tests/e2e/stories/others/new.jsonl
within 0.5 275 件
screen after-new
sh proposals status 延期 25 26 29 30 --force
within 0.5 逾期 8
screen after-status
sh proposals undo
sh proposals undo
within 0.5 272 件
screen after-undo

# What is open follows too.
type 30
key <Enter>
expect -- 第30号
sh proposals status 延期 30 --force
within 0.5 状态      延期
redraw
key <F2>
expect 批次 7
sh proposals undo
within 0.5 批次 8
screen history

# A proposal that is gone while it is open.
key <Esc> <Esc>
sh proposals import tests/e2e/stories/others/new.jsonl
expect 275 件
type 1000
key <Enter>
expect -- 第1000号
sh proposals undo
screen gone
key <F6>
expect 要改的提案已被撤销，不再存在
key <Esc> <Esc>

# The cursor of the batches stays on its batch.
key <C-g> <Down>
screen batches-before
sh proposals status 延期 30 --force
within 0.5 延期
screen batches-after
key <Enter>
expect 批次 9
key <Esc> <Esc>
redraw
quit q
