#!/bin/sh
# The layout is clang-format's.

cd "$(dirname "$0")/../.." || exit 1
find config tui tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
