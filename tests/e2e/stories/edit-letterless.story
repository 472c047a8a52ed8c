# The same with an input method on: no letter arrives, digits are full-width.
store seed
start
key <Down> <F8>
screen form
key <Down> <Down> <Down> <Down> <Down> <Down> <Down> <Enter>
expect 修改第4号：办理结果
type ２
expect 办理结果  B  已改
key <Enter>
type ０
expect 办理结果  -
key <Enter> <Home> <Enter>
expect 办理结果  A  已改
key <Up> <Enter>
type １２月５日
key <Enter>
expect 应复日期  2024-12-05  已改
key <F1>
screen help
key <Esc> <C-s>
screen preview
key <Tab>
type 核对
key <Enter>
type １
key <Enter>
screen saved
sh proposals batches 2
~ （核对）
key <C-u>
expect 已保存：撤销批次 2
quit <C-c> <C-c>
