# A terminal that answers nothing: it is asked twice, then no more, and
# everything works; keys before the preview are thrown away all the same.
store seed
terminal mute
start
screen list
key <Down> <Down>
screen moved
type 173
screen number
key <Enter>
screen opened
key <Esc> <C-a>
burst <F6> <Enter> y y
expect 可执行 10
screen preview
key y
expect 10 件已保存
redraw
key u
expect 撤销批次 2
quit q
