# The same on large screens, and at the usual one.
store sample 262
size 200x60
start
screen list-200x60
type 173
key <Enter>
screen detail-200x60
key <Esc> <F3> <Down>
screen filter-200x60
key <Esc> <C-a> <F6> a
screen preview-200x60
key <Esc>
resize 300x100
screen list-300x100
key <F6> a
expect 可执行 96
redraw
key <Esc> <F1>
redraw
key <Esc>
resize 100x24
screen list-100x24
resize 72x23
screen list-72x23
resize 56x8
screen list-56x8
resize 55x7
screen list-55x7
quit q
