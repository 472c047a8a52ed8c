# Chinese is shown whatever the locale says, and whether or not it exists.
store seed replied
lang C
start
screen list
key <Enter>
screen detail
key <Esc>
quit q
lang zh_CN.UTF-8
start
screen list
quit q
lang zh_CN.GB18030
start
screen list
quit q
env LC_ALL
env LANG
start
screen list
quit q
env LC_CTYPE=UTF-8
start
screen list
quit q
env LC_ALL=nonsense
start
screen list
quit q
env NO_COLOR=1
start
screen list
colours none
key <F3> <Right> <Space>
redraw
colours none
key <Esc>
quit q
