# A terminal that draws “ ” — · as two cells: found out at the start, and every
# line ends where it should.
store sample 262
ambiguous 2
start
expect 第1号
screen list
type 23
screen number
key <Enter>
screen detail
key <Esc>
paste 4、173、23,36，161—165号
screen pasted
key <F6>
screen statuses
key <Enter>
screen preview
key <Tab>
type “第三次”常委会——纪要
screen note
key <Left> <Left> <Left> <Left>
screen note-caret
key <Enter> <Esc>
key <F3> <Down>
screen filter
key <Esc> <C-g>
screen batches
key <Esc> <F2>
screen history
key <Esc> <F1>
redraw
key <Esc> :
screen palette
key <Esc>
resize 40x10
screen list-40x10
key <Enter>
screen detail-40x10
key <Esc>
resize 120x40
screen list-120x40
quit q

# Told so by the configuration, the terminal is not asked.
sh sed 's/ambiguous_width: auto/ambiguous_width: 2/' proposals.yaml.example >$T/wide.yaml
size 80x24
terminal mute
sh rm -rf $HOME/.local/state
start --config $T/wide.yaml
screen told
quit q
