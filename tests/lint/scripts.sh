#!/bin/sh
# Every script can be run as it is, and the shell's are clean.

cd "$(dirname "$0")/../.." || exit 1
scripts=$(find .ci tests -type f -exec sh -c '
	for file; do
		[ "$(head -c 2 "$file" | tr -d "\0")" = "#!" ] && echo "$file"
	done' sh {} + | sort)
status=0
for file in .ci/run tests/run tests/e2e/run $scripts; do
	[ -x "$file" ] || { echo "$file: is not executable"; status=1; }
done
# shellcheck disable=SC2086 # names without blanks, one word each
shell=$(grep -lE '^#!/bin/(ba)?sh' $scripts)
# shellcheck disable=SC2086
shellcheck $shell || status=1
exit $status
