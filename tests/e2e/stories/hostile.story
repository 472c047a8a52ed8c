# Text from outside is text: what a terminal would execute, hide or reorder is
# made visible or left out, in the list, the detail, the history, the batches,
# the messages and the shell.
store empty
sh proposals import tests/e2e/stories/hostile/hostile.jsonl
~ 第 14 行：案由太长
~ 新增 13 件
status 5
size 120x40
start
screen list-120x40
key <Enter>
screen detail-1
key <Right>
screen detail-2
key <Right>
screen detail-3
key <Right>
screen detail-4
key <Right>
screen detail-5
key <PgDn> <End>
redraw
key <Right>
screen detail-6
key <Right>
screen detail-7
key <Right>
redraw
key <Right>
screen detail-9
key <Right> <Right> <Right> <Right>
screen detail-13
key <Esc> <Home>
key <F2>
screen history
key <Esc> <C-a> <F6>
redraw
key c
screen preview
key <Tab>
paste 注\e[2J\r\n文\u202e号‮倒‬
screen note
key <Enter>
type 13
expect 13
screen noted
key <Enter>
screen saved
key <C-g>
screen batches
key <Enter>
redraw
key <Esc> <Esc>
type 1
screen number
key <Esc>
paste 倒着‮写的\e[31m
screen search
key <Esc>
resize 80x24
screen list-80x24
resize 40x10
screen list-40x10
key <End> <Enter>
screen detail-40x10
key <Esc> <Home> <Down> <Down> <Down> <Down> <Enter> <End>
redraw
key <Esc>
quit q

ambiguous 2
size 80x24
start
expect 13 件
redraw
key <Enter>
redraw
key <Right>
redraw
key <Right>
redraw
key <Right> <Right> <Right>
redraw
key <Right>
redraw
key <Right> <Right>
redraw
key <Esc>
quit q

# Nothing of it reaches a terminal through the shell either.
sh for what in list 'list --json' 'show 1-13' 'history 1' batches; do proposals $what; done | tr -d '\n\t' | LC_ALL=C grep -c "$(printf '[\001-\037\177]\|\302[\200-\237]\|\342\200[\252-\256]')"
= 0
status 1
