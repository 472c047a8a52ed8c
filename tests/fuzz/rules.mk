# Fuzzing: one program for each parser, and the runner. See README.md here.

FUZZERS   = $(filter-out claims rows planted,$(basename $(notdir \
            $(wildcard tests/fuzz/*.c))))
PLANTED   = crash undefined leak slow claim nothing
FUZZED    = $(BUILD)/fuzzing
FUZZ_FLAGS = -fsanitize=fuzzer-no-link,address,undefined \
             -fno-sanitize-coverage=trace-cmp \
             -fno-sanitize-recover=all -fno-omit-frame-pointer
SECONDS  ?= 60
FUZZ_JOBS ?= 7

FUZZ_OBJ  = $(FUZZERS:%=$(BUILD)/tests/fuzz/%.o) \
            $(patsubst %,$(BUILD)/tests/fuzz/%.o,claims rows)

$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/claims.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ \
	    $(filter %.o,$^) $(LIB) -lcmocka $(LDLIBS)

$(BUILD)/fuzz/jsonl $(BUILD)/fuzz/child: $(BUILD)/tests/fuzz/rows.o

$(BUILD)/fuzz/planted-%: tests/fuzz/planted.c $(BUILD)/tests/fuzz/claims.o \
                         $(LIB) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -DPLANTED_$* $(ALL_CFLAGS) -fsanitize=fuzzer \
	    $(LDFLAGS) -o $@ $< $(BUILD)/tests/fuzz/claims.o $(LIB) $(LDLIBS)

fuzzers: $(FUZZERS:%=$(BUILD)/fuzz/%) $(PLANTED:%=$(BUILD)/fuzz/planted-%)

fuzzing:
	@$(MAKE) --no-print-directory -s BUILD=$(FUZZED) CC=clang LINK=dynamic \
	    WERROR=-Werror CFLAGS='-O2 -g' SANITIZE='$(FUZZ_FLAGS)' fuzzers

FUZZ_RUN  = tests/fuzz/run $(FUZZED) $(SECONDS) $(FUZZ_JOBS)

fuzz: fuzzing ## fuzz each parser for SECONDS=60, FUZZ_JOBS=7 at a time
	@tests/run "$(FUZZ_RUN)"

.SECONDARY: $(FUZZ_OBJ)
-include $(FUZZ_OBJ:.o=.d)
.PHONY: fuzz fuzzers fuzzing
