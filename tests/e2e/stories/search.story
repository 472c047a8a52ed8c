# Search follows what is typed, in all that is written; a Han character typed in
# the list begins it; Enter keeps it, Esc goes back to where one was.
store seed replied
start
key <Down> <Down> <Down>
key /
screen empty
type 产
screen one-character
type 业
screen two-characters
key <Enter>
screen kept
key <C-f>
screen again
type 产
key <BS>
screen emptied
key <Esc>
screen as-it-was
key c
type 委员
screen han
key <C-f>
expect 搜全库：委员
key <C-f>
expect 搜索：委员
key <Esc>
screen han-back
type 、
type 王富国
screen proposer
key <Enter> <Enter>
screen opened
key <Esc>
type /
type ＡＢＣ没有的
screen nothing
key <Enter>
screen nothing-kept
key <F6>
screen nothing-to-change
key <F2> <Enter> <Space> <C-a> <F4> <F5> <PgDn> <End>
redraw
key <C-r>
screen cleared

# Ctrl-F again searches all sessions, whatever is filtered, and back.
key d
key /
type 人力社保
screen in-what-is-late
key <C-f>
screen in-all
key <C-f>
screen in-what-is-late
key <C-f> <Enter>
screen all-kept
key <C-r>

# What is typed can be edited: caret, words, line; wide characters whole.
key /
type 汽车产业 新引擎
key <Left> <Left> <Left> <BS>
screen edited
key <Home> <Del> x2
screen deleted
key <C-k>
expect-cursor 22,6
key <Esc>
quit q
