# A file of views that is broken, that is no file, a home that takes nothing,
# no home at all: a sentence each, and the shared ones are there.
store seed
env HOME=$T/none
sh mkdir -p $T/none/.config/proposals && echo 'views: [{name' >$T/none/.config/proposals/views.yaml
start
key b
expect 您自己的视图没有读出来，文件也不会动
expect 我最近改的
key 4
expect 视图 重点
key b <F8>
type 甲
key <Enter>
expect 视图没有保存
quit <Esc> q
sh cat $T/none/.config/proposals/views.yaml
= views: [{name

sh rm -r $T/none/.config && echo >$T/none/.config
start
key b
expect 我最近改的
key <F8>
type 甲
key <Enter>
expect 视图没有保存：写不了
quit <Esc> q

# Values that are gone are told, and what is left is opened.
sh rm $T/none/.config && mkdir -p $T/none/.config/proposals
sh echo 'views: [{name: 老的, key: 7, filter: "status=gone,handling level=key"}]' >$T/none/.config/proposals/views.yaml
start
key b
expect 没有“gone”这个状态
screen gone
key 7
expect 老的：10 件，但
quit q

env HOME
start
key b
expect 我最近改的
key <F8>
type 甲
key <Enter>
expect 没有主目录（HOME）
quit <Esc> q
