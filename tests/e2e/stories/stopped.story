# Stopped and continued, as another program would stop it: the screen is whole.
store seed
start
expect -- 第1号
stopped
expect -- 第1号
redraw
key <Down>
expect-cursor 4,0
quit q
