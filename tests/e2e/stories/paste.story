# README, tour, step 4: numbers out of a letter, pasted: five are marked, and
# the line at the bottom names the four that do not exist. A paste is text:
# it never runs as keys.
store seed
start
paste 4、173、23,36，161—165号
screen pasted
expect 162、163、164、165
key U
expect 已取消 5 件的选中

# Typed through the number box, full-width as an input method gives it.
type ４、１７３、２３，３６，１６１—１６５号
screen typed
key <Enter>
screen typed-marked
key <Esc>
key #
type 4，4、第8号
screen numbers
key <Enter>
screen numbers-marked
key U

# Several lines of a letter, with a session before one of them.
paste 第4号\n第8号\n\t14-3-9；\n999号
screen lines
key U

# As terminals send them: a line ends with a carriage return; a column of a
# spreadsheet, a row of it.
paste 4\r173\r
expect 找到 2 件
key U
paste 4\t173\t999\r\n
expect 找到 2 件；没有：999 号
key U

# Words are searched for, and keys in them are not pressed.
paste 工业\nq\ey
screen words
key <Esc>
expect 10 件
paste y\e[17~q
expect 搜索：
key <Esc>
paste 
expect 粘贴的内容是空的
redraw

# Into a line that is typed it goes as it is; elsewhere not at all.
key /
paste 工业
expect 搜索：工业
key <Esc>
key <F1>
paste 4、8
screen elsewhere
key <Esc>
sh proposals batches --json | wc -l
= 1
quit q
