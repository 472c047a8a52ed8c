# README, promises: what the screen called saved is on disk, and a batch is
# there whole or not at all, whenever the program is killed.
store seed
killed <C-a> <F6> <Enter> y <C-z> <C-y>
killed <F8> <Enter> 1 <Enter> <F8> y <C-u>
sh proposals check
