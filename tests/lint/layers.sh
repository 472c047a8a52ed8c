#!/bin/sh
# Folders are layers: a file may include headers of its own layer and of those
# before it in this list. The sheet program shares only base. A library's
# header appears only where that library is wrapped.
layers='base config domain store query change exchange ui pane app main'

cd "$(dirname "$0")/../.." || exit 1
find config tui -name '*.[ch]' -exec \
	grep -nE '^[[:blank:]]*#[[:blank:]]*include' /dev/null {} + |
awk -F: -v layers="$layers" '
BEGIN {
	for (n = split(layers, name, " "); n; n--)
		rank[name[n]] = n
	home["curses.h"] = home["ncurses.h"] = home["term.h"] = \
		home["ncursesw/curses.h"] = "^tui/ui/screen[a-z_]*[.]c$"
	home["lmdb.h"] = "^tui/store/"
	home["yaml.h"] = "^config/"
	home["csv.h"] = "^tui/sheet/"
	home["jansson.h"] = "^tui/exchange/"
}
function wrong(why) { print $1 ":" $2 ": " why; bad = 1 }
function layer(path) {
	sub(/^tui\//, "", path)
	return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : "main"
}
{
	quoted = $3 ~ /"/
	split($3, part, /["<>]/)
	header = part[2]
	from = layer($1)
	to = header ~ /\// ? layer(header) : ""
}
header in home && $1 !~ home[header] {
	wrong("<" header "> is only for " home[header])
}
quoted && from == "sheet" {
	if (to != "sheet" && to != "base")
		wrong("sheet must not include " header)
	next
}
quoted && (!(from in rank) || !(to in rank) || rank[to] > rank[from]) {
	wrong(from " must not include " header)
}
!quoted && to in rank {
	wrong("write \"" header "\", not <" header ">")
}
END { exit bad }'
