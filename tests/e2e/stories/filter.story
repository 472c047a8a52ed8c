# README, tour, step 3: the band, and the whole filter page: several values of
# one facet are or, several facets are and, each count under the others; Esc
# goes back to what was, c clears.
store sample 262
size 120x40
start
key <PgDn> <Down> <Down> <F3> <Right> <Right>
screen band
key <Space>
screen one
key <Right> <Space>
screen two
key <Esc>
screen back
key f <End>
screen band-end
key <Home> <Down>
screen page
key <Right> <Down> <Space>
screen unit
key <Left> <PgDn>
key <Up> <Up> <Up> <Up> <Up> <Up> <Up>
screen on-status
key <Space>
screen status-and-unit
key <Right> <Right> <Right> <Right> <Right> <Right> <Right> <Right>
screen session
key <Left> <Space>
screen due
resize 80x24
screen due-80
resize 40x10
screen due-40
resize 120x40
screen due
key <Esc>
screen page-back
key f f <Right> <Down> <Space> <Enter>
screen applied
key <C-a>
screen marked
key c
screen cleared
key <F3> <Down> <End> <PgUp>
screen moved
key <Right> <End>
screen last-unit
key c
key <Esc>
redraw

# By command, in either language; a mistake names what there is.
type :filter unit=经信局 status=办理中,已答复
screen command
key <Enter>
screen by-command
type :筛选 主办=经信菊
key <Enter>
screen no-such-unit
type :筛选 颜色=红
key <Enter>
screen no-such-facet
quit q
