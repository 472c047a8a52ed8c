# Conditions are typed into the line of the search: completed, explained with
# their count, pointed at where they are wrong; the whole filter can be written
# as such a line. All of it without a letter key but those of the words.
store sample 262
size 100x30
start
key /
type 状
screen names
key <Tab>
screen values
type 办
screen begun
key <Down>
screen chosen
key <Enter>
expect 办理中：
screen taken
type ，已答
key <Tab>
expect 办理中或已答复：
type  主办=jxj
screen by-pinyin
key <Tab>
expect 办理中或已答复，主办经信局：
screen counted
type  期限<7天
screen explained
key <Enter>
screen kept

# A mistake stays where it is, and the caret goes there.
key /
type 状态=办里中 甲
screen mistake
key <Enter>
screen pointed
key <Esc>
screen as-it-was

# Full-width throughout, as an input method types.
key <C-r>
key /
type ！结果＝Ａ　交办＞＝２０２４年３月　“建议”
screen full-width
key <Enter>
screen full-width-kept

# The band writes it all as a line, to be edited.
key <F3>
key <C-f>
screen written
type 编号=1-50
screen edited
key <Enter>
key <F3>
key /
key <Esc>
screen again
key <C-r>
expect 已清除筛选
key <Esc>
key /
type 逾期
expect 逾期：
key <Esc>

# Marks and changes are conditions too.
key <Space> <Space>
key /
type 已选
key <Enter>
screen marked
key /
type by=我 更新>=今天
expect 我今天起改过：
screen changed
key <Esc>
key <C-r>

# Tab alone shows what there is; Esc is one step back each time.
key /
key <Tab>
screen all-names
key <Down> <Down>
screen all-names-chosen
key <Esc>
screen hidden
key <Esc>
resize 40x10
key /
type 状态=
screen small
redraw
key <Esc>
quit q
