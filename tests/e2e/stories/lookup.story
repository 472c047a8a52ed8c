# README, tour, step 2: type 173, the cursor is there already, Enter opens the
# proposal, Esc goes back, always. All forms of a number that people type.
store seed replied
sh proposals import tests/e2e/stories/lookup/others.jsonl
~ 新增 2 件
size 120x40
start
screen start

# It follows as one types, with what it has found, and Esc goes back to where
# one was.
key <Down> <Down>
type 1
screen typed-1
type 7
screen typed-17
type 3
screen typed-173
key <BS>
expect-cursor 38,8
key <Esc>
screen back
type 173
key <Enter>
screen opened
key <Right>
expect -- 第200号
key <Left> <Left>
expect -- 第161号
key <Esc>
expect-cursor 11,0

# No input method in the way: full-width digits, 第173号 as the letter has it,
# Chinese numerals, a session before it.
type １７３
expect 第173号《关于加快推进虹霓工业园区转型升级的建议》
key <Enter>
expect Esc 返回
key <Esc>
type 第173号
screen spoken
key <Enter>
screen spoken-opened
key <Esc>
type 一百七十三
expect 编号：一百七十三
expect 第173号《关于加快推进虹霓工业园区转型升级的建议》
key <Esc>
type 14-2-173
screen other-session
key <Enter>
expect -- 十四届二次第173号
expect 上一年的第173号
redraw
key <Esc>
type 十四届二次173
expect （不在当前筛选）
key <Enter>
expect 上一年的第173号
key <Esc>
type 0173
expect 第173号《关于加快推进虹霓工业园区转型升级的建议》
key <Esc>

# An unknown number is named, and nothing opens.
type 174
screen unknown
key <Enter>
screen unknown-entered

# A merged number leads to the one it is answered under, and says so.
type 200
expect 第200号已并入第173号
key <Enter>
screen merged

# In an opened proposal a number leads to the next one.
type 8
screen within
key <Enter>
expect -- 第8号
key <Esc>
expect-cursor 5,0

# Outside the filter it is found all the same, and the filter stays.
key <F3> <End> <Enter>
expect [已答复 8]
type 4
screen outside
key <Enter>
expect -- 第4号
key <Esc>
expect [已答复 8]
redraw
quit q
