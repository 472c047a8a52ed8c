# README: from 40x10 to 300x100 everything is there; down to 20x4 it can be
# used; below that one line says so. Whatever is open survives a storm of
# resizing.
store sample 262
size 40x10
start
screen list-40x10
type 173
screen number-40x10
key <Enter>
screen detail-40x10
key <PgDn>
screen detail-further-40x10
key <Esc>
paste 4、173、23,36，161—165号，300-310
screen pasted-40x10
key <F6>
screen statuses-40x10
key <Enter>
screen preview-40x10
key <Enter>
screen not-written-40x10
key <Esc> <F3> <Right> <Right>
screen band-40x10
key <Down>
screen filter-40x10
key <Esc> <C-g>
screen batches-40x10
key <Esc> <F1>
screen help-40x10
key <Esc> :
screen palette-40x10
key <Esc>
resize 20x4
screen list-20x4
key <F6>
screen statuses-20x4
key <Enter>
screen preview-20x4
key y
screen not-written-20x4
key <Esc> <F3>
screen band-20x4
key <Down>
screen filter-20x4
key <Esc>
type 17
screen number-20x4
key <Enter>
screen detail-20x4
key <Esc>
resize 19x4
screen list-19x4
resize 10x3
screen list-10x3
key <F6> <Down> <Esc>
resize 1x1
screen list-1x1
