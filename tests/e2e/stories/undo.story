# README, tour, step 6: taking back leaves what was changed since, and says so;
# the list of batches opens one, marks its proposals again, takes it back after
# a preview; what is not one's own is not taken back by mistake.
store seed
start
expect -- 第1号
key <C-z>
screen import-first
key <Esc>
key <Space> <Space> <Space> <F6> a
expect 可执行 3
screen preview
key y
screen saved
sh proposals status 已办结 4
expect 已办结 1
key <C-g>
screen batches
key <Down> <Enter>
screen batch
key <Esc> <Space>
screen marked-again
key U <C-g> <Down> <F6>
screen undo-preview
key y
screen undone
key <C-g>
screen batches-after
key <Down> <Down> <F6>
screen undone-twice
key <Up> <Up> <F6>
screen redo-preview
key y
expect 重做批次 2
redraw

# Several in a row, newest first, until there is nothing of this sitting left.
key <Esc> <Esc>
key <End> <F6> a
expect 可执行 1
key y
expect 第173号已保存
key <Up> <F6> a
expect 可执行 1
key y
expect 第161号已保存
key u
expect 第161号已保存：撤销
key u
screen undone-two
key R
expect 第173号已保存：重做
key R
screen redone-two
key R
screen nothing-to-redo
quit q

# The next day: what was done before the program was opened is shown first.
sh rm -rf $HOME/.local/state
start
expect -- 第1号
key u
expect 预览，还没有写入
screen older
key <Esc>
quit q
