#!/bin/sh
# Calls that hide overruns, lose errors, start a shell or keep hidden state.
# strtol() and its kin must look at where the number ended. Comments and
# strings may say what they like.
calls='strcpy|strcat|stpcpy|sprintf|vsprintf|gets|strtok|strtok_r'
calls="$calls|atoi|atol|atoll|atof|system|popen|alloca|rand|srand|random"
calls="$calls|setjmp|longjmp|sigsetjmp|siglongjmp"
calls="$calls|v?[fs]?w?scanf|vs?wscanf|tmpnam|tempnam|mktemp"

cd "$(dirname "$0")/../.." || exit 1
find config tui tests -name '*.c' -o -name '*.h' | sort |
while read -r file; do
	sed -E -e 's/\\"//g; s/"[^"]*"/""/g' \
		-e 's,/\*.*\*/,,; s,//.*,,; s,/\*.*,,' \
		-e '/^[[:blank:]]*\*([[:blank:]/]|$)/s/.*//' "$file" |
	grep -nE "(^|[^[:alnum:]_])(($calls)[[:blank:]]*\(|strto[a-z]+[[:blank:]]*\([^,]*,[[:blank:]]*(NULL|0|nullptr)[[:blank:]]*,)" |
	sed "s,^,$file:,"
done | { ! grep .; }
