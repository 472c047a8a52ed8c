#!/bin/sh
# No function over 60 lines, no .c file over 400, no header over 120.
# Tables (*_table.c, schema.c) may be as long as what they list.

cd "$(dirname "$0")/../.." || exit 1

too_long() # too_long LIMIT <"LINES NAME" lines of wc
{
	awk -v limit="$1" '
	$2 != "total" && $1 > limit {
		print $2 ": " $1 " lines, at most " limit
		bad = 1
	}
	END { exit bad }'
}

status=0
find config tui -name '*.c' ! -name '*_table.c' ! -name schema.c \
	-exec wc -l {} + | too_long 400 || status=1
find config tui -name '*.h' -exec wc -l {} + | too_long 120 || status=1
find config tui -name '*.c' -exec \
	ctags --languages=C --kinds-C=f --fields=+ne -f - {} + |
awk -F'\t' '
{
	line = end = 0
	for (i = 4; i <= NF; i++) {
		if ($i ~ /^line:/)
			line = substr($i, 6)
		if ($i ~ /^end:/)
			end = substr($i, 5)
	}
	if (end - line + 1 > 60) {
		print $2 ":" line ": " $1 "() has " end - line + 1 \
			" lines, at most 60"
		bad = 1
	}
}
END { exit bad }' || status=1
exit $status
