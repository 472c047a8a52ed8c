# Which columns the list has, and in which order: by keys, without letters, and
# by a command; where there is no room some give way.
store sample 262
start
key w
screen page
key <Down> <Space>
screen without-unit
key J J
screen moved
key <End> K
expect 案由总在最后一列
key <Up> J
expect 案由总在最后一列
key <Esc>
screen chosen
key <C-w> <Down> <Down> <Down> <Down> <Down> <Down> <Space> <S-Up> <S-Up> <S-Up> - - - -
screen joint-first
key + <S-Down> <Enter>
screen joint-third
type :columns 编号 级别 类别 提案人 会办 案由
key <Enter>
screen by-command
resize 120x40
screen wider
resize 40x10
screen narrow
resize 80x24
type :columns 编号
key <Enter>
screen one
key w <Space>
expect 至少要留一列
key <Esc>
type :columns 颜色
key <Enter>
expect 没有“颜色”这一列
type :columns 案由,编号
key <Enter>
expect 案由只能是最后一列
screen still-one
key <C-o> K J
redraw
quit q q
