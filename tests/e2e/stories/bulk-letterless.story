# The same with a Chinese input method on: digits, arrows, Enter, Esc, Tab,
# Space, F-keys and Ctrl only, digits full-width. No letter arrives.
store seed
start
key <F3>
key <Right> <Space>
screen band
key <Enter>
key <C-a>
screen all-marked
key <F6>
screen statuses
key <Enter>
screen preview
key <Tab>
type 会议〔２４〕３号
screen note
key <Enter>
screen noted
key <Enter>
screen enter-alone
type １
key <Enter>
screen wrong-count
type １０
screen count
key <Enter>
screen saved
sh proposals batches --limit 1 --json
~ 会议〔２４〕３号
key <C-z>
screen taken-back
key <C-y>
screen done-again
key <C-r>
screen cleared

# Mark some by Space, a range by F4, by Shift and arrows; invert; none.
key <Space> <Down> <Space>
screen space
key <F4> <Down> <Down>
screen range
key <F4>
screen range-marked
key <S-Down> <S-Down>
screen shift-down
key <F5>
screen inverted
key <Esc>
screen none
key <F2>
screen history
key <Esc>
key <C-g>
screen batches
key <Enter>
screen batch
key <Esc> <Esc>
key <F9>
key <End> <Enter>
exit 0
restored
