# Saved views: the page with its counts, opened by key, cursor and Enter; the
# bar says which is open and whether it was changed; one's own are saved,
# renamed, given another key, moved and deleted, the shared ones are not.
store sample 262
size 120x40
start
key b
expect 我最近改的
expect-gone …
screen page
type 1
screen by-key
key <Right>
type :sort 主办
key <Enter>
screen changed
key b
screen here
key <Down> <Down> <Enter>
screen by-enter
key c
expect-not 视图
type :filter 状态=办理中 主办=经信局
key <Enter>
key b <F8>
expect 存为视图，名称
type 经信在办
key <Enter>
expect 已把现在的筛选和排序存为视图“经信在办”
expect-gone …
screen saved
sh proposals views
~ 经信在办          自己  办理中，主办经信局
key <Esc>
expect 视图 经信在办
expect-not （已改）
key b <Home> <Up> <F6>
expect 新的名称
key <C-u>
type 经信
key <Enter>
expect 视图“经信在办”改名为“经信”
key <F7> <BS>
type x
key <Enter>
expect 按 x 打开“经信”
type :view-save 第二个
key <Enter>
expect 已把现在的筛选和排序存为视图“第二个”
expect-gone …
key <S-Up>
screen moved
key <S-Down> <S-Down>
expect-gone …
screen moved-back

# What is not one's own stays as it is; a taken name is not written over.
key <Down> <F6>
expect “逾期”是大家共享的视图，来自内置配置，这里不能改
key <Del>
expect “逾期”是大家共享的视图
key <F8>
type 重点
key <Enter>
expect “重点”是大家共享的视图，写在配置里，请换一个名称
key <F8>
type 经信
key <Enter>
expect 已经有“经信”了；要换掉它，请先打开它，改了再存

# Deleting asks, and the first answer is no.
key <Up> <Del>
screen delete
key <Enter>
expect-not 已删去
key <F4> 2
expect 已删去视图“第二个”
key x
expect 视图 经信
expect-not （已改）

# One that was opened and changed is saved again under its name.
type :filter 级别=重点
key <Enter>
expect 视图 经信（已改）
key b <F8> <Enter>
expect 已把现在的筛选和排序存为视图“经信”
key <Esc>
expect-not （已改）
sh proposals views
~ x  经信              自己  办理中，主办经信局，重点，按期限排列

# By name; what there is not is told with what is near.
type :views 待签收
key <Enter>
expect 视图 待签收
type :视图 待签守
key <Enter>
expect 是不是“待签收”？

# Marks are of this time only.
key <Space>
type :filter 已选
key <Enter>
key b <F8>
type 选中的
key <Enter>
expect “已选”只在这一次有意义，不能存进视图
key <Esc> c
resize 40x10
key b
expect-gone …
screen small
key <End>
screen small-end
quit <Esc> q
