# GNU make. `make help` lists the targets.

CFLAGS   ?= -O2 -g -fstack-protector-strong
LDFLAGS  ?= -Wl,-z,relro,-z,now
PREFIX   ?= /usr/local
BUILD    ?= build
# Third-party libraries go into the program, which saves 0.4 ms of 0.5 that it
# takes to start beyond an empty one; the C library stays shared. A
# distribution wants LINK=dynamic. Either way ncursesw finds our wcwidth()
# before the C library's: keep it visible, and the archive before the libraries.
LINK     ?= static

WARN      = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
            -Wcast-qual -Wformat=2 -Wmissing-prototypes -Wstrict-prototypes \
            -Wnull-dereference -Wold-style-definition -Wpointer-arith \
            -Wswitch-enum -Wundef -Wvla -Wwrite-strings
PKGS      = ncursesw lmdb yaml-0.1 jansson libxxhash nettle
LIBS     := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lunistring -lcsv
LIBS_static  = -Wl,-Bstatic $(LIBS) -Wl,-Bdynamic
LIBS_dynamic = $(LIBS)
LDLIBS    = -Wl,--as-needed $(LIBS_$(LINK))
ALL_CPPFLAGS := -D_GNU_SOURCE -I. -Itui \
                $(shell pkg-config --cflags $(PKGS) 2>/dev/null) $(CPPFLAGS)
ALL_CFLAGS = -std=c17 $(WARN) $(WERROR) $(CFLAGS) $(SANITIZE)
# An installation for many people is tied to these places and this group.
LIBEXECDIR = $(PREFIX)/libexec/proposals
DOCDIR     = $(PREFIX)/share/doc/proposals
SYSCONFDIR ?= /etc/proposals
STATEDIR   ?= /var/lib/proposals
BACKUPDIR  ?= /var/backups/proposals
GROUP      ?= proposals
PLACES     = $(foreach name,LIBEXECDIR SYSCONFDIR STATEDIR BACKUPDIR GROUP,\
             -D$(name)='"$($(name))"')
UNITDIR    = $(PREFIX)/lib/systemd/system
UNITS      = $(patsubst config/systemd/%.in,$(BUILD)/%,\
             $(wildcard config/systemd/*.in))
SSHD       = $(BUILD)/proposals.conf

SRC   := $(filter-out tui/sheet/main.c,$(wildcard config/*.c tui/*/*.c))
MADE  := $(BUILD)/config_example.o $(BUILD)/characters.o
OBJ   := $(SRC:%.c=$(BUILD)/%.o) $(MADE)
MAIN  := $(BUILD)/tui/main.o $(BUILD)/tui/sheet/main.o
LIB   := $(BUILD)/libproposals.a
BIN   := $(BUILD)/proposals $(BUILD)/proposals-sheet
TESTS := $(patsubst tests/%.c,%,$(wildcard tests/unit/test_*.c))
UNIT  := $(TESTS:%=$(BUILD)/%)

# Debian 12 packages.
DEPS_BUILD = make gcc libc6-dev pkgconf libncurses-dev liblmdb-dev \
             libyaml-dev libunistring-dev libjansson-dev libcsv-dev \
             libxxhash-dev nettle-dev unicode-data python3
DEPS_CHECK = libcmocka-dev clang libclang-rt-14-dev clang-format cppcheck \
             universal-ctags shellcheck strace e2fsprogs mount \
             openssh-server openssh-client
DEPS_BENCH = sqlite3 ripgrep jq recutils taskwarrior visidata less vim nnn \
             neomutt tig git fzf strace
DEPS       = $(DEPS_BUILD) $(DEPS_CHECK)

all: $(BIN) ## build the programs

$(BUILD)/proposals: $(BUILD)/tui/main.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/proposals-sheet: $(BUILD)/tui/sheet/main.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Made anew, so that an object whose source is gone does not stay in it.
$(LIB): $(OBJ)
	@rm -f $@
	$(AR) rcsP $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tui/base/paths.o: private ALL_CPPFLAGS += $(PLACES)
$(BUILD)/tui/base/paths.o: $(BUILD)/places

# Change when the flags or the places do, so that what depends on them is
# compiled again: everything on the flags, one file on the places.
$(BUILD)/flags: export WORDS = $(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS)
$(BUILD)/places: export WORDS = $(PLACES)
$(BUILD)/flags $(BUILD)/places: FORCE
	@mkdir -p $(@D)
	@echo "$$WORDS" | cmp -s - $@ || echo "$$WORDS" >$@

# Without its comments: they are a third of what every start would read.
$(BUILD)/config_example.c: proposals.yaml.example
	@mkdir -p $(@D)
	@{ echo '#include "config/example.h"'; \
	   echo 'const char config_example[] = {'; \
	   sed '/^ *#/d' $< | od -An -v -td1 | sed 's/\([-0-9]\{1,\}\)/\1,/g'; \
	   echo '};'; \
	   echo 'const size_t config_example_size = sizeof(config_example);'; } >$@

# How characters are folded and read, from Debian's unicode-data.
CHARACTERS = tui/base/characters.py tui/base/variants.txt tui/base/readings.txt

$(BUILD)/characters.c: $(CHARACTERS)
	@mkdir -p $(@D)
	@python3 $^ >$@

$(MADE): $(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIB) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -Itests/unit $(ALL_CFLAGS) -MMD -MP -MF $@.d \
	    $(LDFLAGS) -o $@ $< $(LIB) -lcmocka $(LDLIBS)

$(UNITS): $(BUILD)/%: config/systemd/%.in $(BUILD)/places
$(SSHD): $(BUILD)/%: config/sshd/%.in $(BUILD)/places
$(UNITS) $(SSHD):
	@sed -e 's,@BINDIR@,$(PREFIX)/bin,g; s,@STATEDIR@,$(STATEDIR),g' \
	    -e 's,@BACKUPDIR@,$(BACKUPDIR),g; s,@GROUP@,$(GROUP),g' $< >$@

deps: ## install what build and check need (Debian 12)
	@tests/deps $(DEPS)

bench-deps: ## install what only bench needs
	@tests/deps $(DEPS_BUILD) $(DEPS_BENCH)

demo: ## try it with ten real proposals; SAMPLE=272 adds made-up ones
	@tests/deps $(DEPS_BUILD)
	@$(MAKE) --no-print-directory -s all
	@tests/demo $(BUILD)/proposals $(BUILD)/demo $(SAMPLE)

# The plain round is gcc's, the sanitized one clang's and linked the other
# way: no warning and no difference in either.
CHECK      = $(BUILD)/check
SANITIZED  = $(BUILD)/sanitize
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=all \
             -fno-omit-frame-pointer

# How many test programs run at once.
JOBS  ?= 2

E2E          = tests/e2e/run tests/e2e/shell/run
SYSTEM_TESTS = tests/e2e/system/run

PLAIN_RUN     = tests/lint/run $(TESTS:%=$(CHECK)/%) \
                $(E2E:%="% $(CHECK)/proposals") "$(SYSTEM_TESTS) $(CHECK)"
SANITIZED_RUN = $(TESTS:%=$(SANITIZED)/%) $(E2E:%="% $(SANITIZED)/proposals")

check: deps checked ## run every test: lint, unit, e2e, faults, fuzzing; under sanitizers too
	@tests/run -j $(JOBS) "$(FUZZ_RUN)" $(FAULT_RUN:%="% $(CHECK)") \
	    $(PLAIN_RUN) $(SANITIZED_RUN)

check-long: deps checked ## hours of it: every crash state, kill, call, story and input
	@TEST_TIMEOUT=1000000 tests/run -j $(JOBS) \
	    $(FAULT_RUN:%="% $(CHECK) long") "RUNS=200000000 $(FUZZ_RUN)"

checked:
	@$(MAKE) --no-print-directory -s BUILD=$(CHECK) WERROR=-Werror programs \
	    fault-programs
	@$(MAKE) --no-print-directory -s sanitized fuzzing

check-unit: $(BIN) $(UNIT) ## run the unit tests
	@tests/run $(UNIT)

check-e2e: $(BIN) ## play the stories on a pseudo-terminal, the shell, an installation
	@tests/run $(E2E:%="% $(BUILD)/proposals") "$(SYSTEM_TESTS) $(BUILD)"

lint: ## check layers, sizes, calls, layout, scripts
	@tests/lint/run

sanitize: sanitized ## run unit and e2e under ASan and UBSan
	@tests/run -j $(JOBS) $(SANITIZED_RUN)

sanitized:
	@$(MAKE) --no-print-directory -s BUILD=$(SANITIZED) CC=clang LINK=dynamic \
	    WERROR=-Werror CFLAGS='-O1 -g' SANITIZE='$(SANITIZERS)' programs

programs: $(BIN) $(UNIT)

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $<

bench: all $(BUILD)/bench/runstat $(BUILD)/bench/empty ## measure beside the peers; SIZES="272 10000 100000 1000000"
	@tests/bench/run $(BUILD)/proposals $(BUILD)/bench $(SIZES)

include tests/coverage/rules.mk
include tests/fault/rules.mk
include tests/fault/damage.mk
include tests/fuzz/rules.mk

# SYSTEM=1 is install-system under the name that everybody knows.
install: $(if $(SYSTEM),install-system,install-plain) ## install under $(DESTDIR)$(PREFIX), for one person; SYSTEM=1 for many

install-plain: MODE = -m 755
install-plain: not-for-many install-files

# The next start of everybody would find no register.
not-for-many:
	@[ "$(DESTDIR)" ] || ! [ -g $(PREFIX)/bin/proposals ] || \
	    { echo "$(PREFIX)/bin/proposals is installed for many: make install-system" >&2; exit 1; }

install-files: all $(SSHD)
	install -D $(MODE) $(BUILD)/proposals $(DESTDIR)$(PREFIX)/bin/proposals
	install -D -m 755 $(BUILD)/proposals-sheet $(DESTDIR)$(LIBEXECDIR)/proposals-sheet
	install -D -m 644 -t $(DESTDIR)$(DOCDIR) proposals.yaml.example $(SSHD)

install-units: $(UNITS)
	install -D -m 644 -t $(DESTDIR)$(UNITDIR) $(UNITS)

# Owners, groups and their modes are nothing that a staged tree can carry.
ifeq ($(DESTDIR),)
install-system: MODE = -o root -g $(GROUP) -m 2755
install-system: group install-files install-units ## as root, for many: set-group-id, own group and folders
	install -d -m 755 $(SYSCONFDIR)
	install -d -o root -g $(GROUP) -m 2770 $(STATEDIR)
	install -d -o root -g root -m 700 $(BACKUPDIR)
else
install-system: install-plain install-units
	install -d -m 755 $(DESTDIR)$(SYSCONFDIR)
	install -d -m 770 $(DESTDIR)$(STATEDIR)
	install -d -m 700 $(DESTDIR)$(BACKUPDIR)
	@echo "Staged without owners. Where it is unpacked, as root:"
	@echo "  groupadd --system --force $(GROUP)"
	@echo "  chown root:$(GROUP) $(PREFIX)/bin/proposals $(STATEDIR)"
	@echo "  chmod 2755 $(PREFIX)/bin/proposals"
	@echo "  chmod 2770 $(STATEDIR)"
endif

group:
	@[ "$$(id -u)" -eq 0 ] || { echo "make install-system: as root, please" >&2; exit 1; }
	@getent group $(GROUP) >/dev/null || groupadd --system $(GROUP)

clean: ## remove what was built
	rm -rf $(BUILD)

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile tests/*/*.mk | \
	    expand -t 16

.PHONY: all programs sanitized deps bench-deps demo check check-long \
        checked check-unit \
        check-e2e lint sanitize bench install install-plain not-for-many install-files \
        install-units install-system \
        group clean help FORCE
.DELETE_ON_ERROR:
-include $(OBJ:.o=.d) $(MAIN:.o=.d) $(UNIT:=.d)
