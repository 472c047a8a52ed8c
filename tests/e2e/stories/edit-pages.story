# The pages of an edit at other sizes, long texts in a conflict, and what a
# paste or a hostile text does.
store seed
size 120x40
start
type 23
key <Enter> <F8> <End> <Up> <Up> <Enter>
screen text-120
resize 40x10
screen text-40
key <PgUp> <PgUp> <PgUp> <PgUp> <Home>
screen text-top-40
paste 一、先做这个\n\e[2J二、再做\tu那个\r\nq
screen pasted-40
key <F8>
screen form-40
sh printf '%s\n' '{"session":"14-3","number":23,"outcome":"换成了别的","topic":"二"}' | proposals import -
within 0.5 改了方面、落实情况
redraw
key <F8>
expect > 落实情况  请选：1 用他人的，2 用我的，
expect Enter 再改
key <Down> <Down> <Down>
expect-gone 请选：
redraw
resize 120x40
screen conflict-120
key 2
resize 80x24
screen conflict-80
key <F8>
screen preview-80
resize 40x10
screen preview-40
key <PgDn>
screen preview-end-40
resize 20x4
screen preview-20
resize 80x24
key <Esc> <Esc> <Home>
expect 修改第23号
key <Enter>
paste \e]0;x\a一行\n两行\tq
screen pasted-line
key <Enter>
paste 4、173
screen form-paste
resize 20x4
screen form-20
key <Enter>
expect -- 修改第23号：
redraw
resize 80x24
key <Esc> <Esc> <Esc>
expect -- 第23号
redraw
key <Esc>
quit q
