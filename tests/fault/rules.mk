# Breaking it on purpose; tests/fault/README.md is the manual.

FAULT     := $(BUILD)/fault
FAULT_C   := $(FAULT)/worker $(FAULT)/worker-blind $(FAULT)/crashreplay
FAULT_SO  := $(FAULT)/crashrec.so $(FAULT)/failshim.so
FAULT_ALL := $(FAULT_C) $(FAULT_SO) $(DAMAGE)
FAULT_RUN := tests/fault/run tests/fault/signals \
             tests/fault/codepoints

$(FAULT)/%.o: tests/fault/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -Itests/fault $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(FAULT)/%.so: tests/fault/%.c tests/fault/crashlog.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -fPIC -shared -fvisibility=hidden \
	    -o $@ $<

$(FAULT)/worker: $(FAULT)/worker.o $(FAULT)/judge.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(FAULT)/crashreplay: $(FAULT)/crashreplay.o $(FAULT)/world.o \
    $(FAULT)/judge.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# A commit that does not look whether the revision is still the one that was
# seen: the test of lost updates must find them here.
$(FAULT)/blind.c: tui/store/commit.c tests/fault/rules.mk
	@mkdir -p $(@D)
	@sed 's/edit->revision != revision ||/false ||/' $< >$@
	@! cmp -s $< $@ || { echo "$<: compares no revisions?" >&2; exit 1; }

$(FAULT)/blind.o: $(FAULT)/blind.c $(BUILD)/flags
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(FAULT)/worker-blind: $(FAULT)/worker.o $(FAULT)/judge.o $(FAULT)/blind.o \
    $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

fault-programs: $(BIN) $(FAULT_ALL)

fault: fault-programs ## break it on purpose: power cuts, failing calls, kills, full disks, signals
	@tests/run $(FAULT_RUN:%="% $(BUILD)")

.PHONY: fault fault-programs
-include $(wildcard $(FAULT)/*.d)
