# The same person in two windows: neither loses what the other one saved, and
# what the other saved is there when the page is opened again.
store seed
start
key 4 <Esc> b
expect 我最近改的
sh proposals view save 那边存的 level=重点
key <F8>
type 这边存的
key <Enter>
expect 已把现在的筛选和排序存为视图“这边存的”
expect 那边存的
sh proposals view delete 那边存的
key <Home> <F6> <BS>
type 改了
key <Enter>
expect 没有“那边存的”这个自己的视图
sh proposals views --json | grep -c own
= 1
quit <Esc> q
