# README, promises: while one proposal is edited another changes it. Within
# half a second a line says who and what; a field that both changed is shown
# three times and chosen, the others are merged; nothing is overwritten unseen.
store seed
size 100x30
start
type 4
key <Enter> <F8>
key <Down> <Down> <Down> <Down> <Down> <Down> <Down> <Enter> 2
expect 办理结果  B  已改
sh printf '%s\n' '{"session":"14-3","number":4,"result":"A","topic":"二"}' | proposals import -
within 0.5 有 1 项与您的不同，保存前请选定
screen meanwhile

# What only the other changed can be gone on from.
key <Down> <Down> <Enter>
expect 修改第4号：方面
type 之一
key <Enter>
expect 方面      二之一  已改

# F8 leads to the conflict, and not past it.
burst <F8> 2 y
expect 您和他人都改了
screen conflict
key <F8>
screen undecided
key 1
screen theirs
key 2
screen mine

# The other goes on: what was chosen against the old value is open again.
sh printf '%s\n' '{"session":"14-3","number":4,"result":"C","level":"一般"}' | proposals import -
within 0.5 只有一方改过的已经合并
expect 请选：1 用他人的
screen again
key <Enter>
screen edit-again
key 4
screen chosen-anew
key <F8>
expect 还没有写入
screen preview

# Between the preview and y.
sh printf '%s\n' '{"session":"14-3","number":4,"remarks":"第一行\n第二行"}' | proposals import -
within 0.5 他人刚改过
screen stale
key y
screen merged
sh proposals show 4 --json
~ "result":"C"
key y
screen saved
sh proposals show 4 --json
~ "result":"D"
~ "topic":"二之一"
~ "remarks":"第一行\n第二行"

# All of it is somebody else's by now: nothing is left to save.
key <F8> <Down> <Down> <Down> <Down> <Down> <Down> <Down> <Enter> 1
expect 办理结果  A  已改
sh printf '%s\n' '{"session":"14-3","number":4,"result":"A"}' | proposals import -
within 0.5 +办理结果  A
key <F8>
expect 没有要保存的修改
key <Esc>
expect -- 第4号

# The proposal is removed while it is edited.
key <Esc>
sh printf '%s\n' '{"session":"14-3","number":900,"title":"新的一件","status":"handling"}' | proposals import -
expect 11 件
type 900
key <Enter> <F8> <Enter>
type ：补充
key <Enter>
sh proposals undo
within 0.5 移除了这件提案
key <C-s>
screen gone
key <Enter>
expect 不能再修改
key <Esc>
screen gone-asked
key <Esc>
expect 不再存在
key <F8>
expect 不再存在
key <Esc>
quit q
