#!/bin/sh
# What a second pair of eyes finds. A finding that is wrong is suppressed in
# the line above it, with the reason: /* cppcheck-suppress name ; why */
#
# Not asked for:
# missingIncludeSystem  the libraries' headers are not read, on purpose
# readdirCalled         glibc's readdir() is safe on a stream of one's own
# uninitvar             does not know that a function of another file fills
#                       an array; gcc and the sanitizers see more

cd "$(dirname "$0")/../.." || exit 1
cppcheck --quiet --std=c11 --language=c --platform=unix64 --library=posix \
	--enable=warning,performance,portability --inline-suppr \
	--suppress=missingIncludeSystem --suppress=readdirCalled \
	--suppress=uninitvar \
	--error-exitcode=1 -D__GNUC__ -D_GNU_SOURCE -I . -I tui \
	-j 2 config tui
