# Damaged files; tests/fault/damage.c is the manual.

DAMAGE := $(FAULT)/damage $(FAULT)/damage-blind

$(FAULT)/damage: $(FAULT)/damage.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# A program that finds every checksum right: its answers must be found wrong.
$(FAULT)/seal-blind.c: tui/store/seal.c tests/fault/damage.mk
	@mkdir -p $(@D)
	@sed 's/return sum == \(.*\);/return (sum == \1) | true;/' $< >$@
	@! cmp -s $< $@ || { echo "$<: compares no checksum?" >&2; exit 1; }

$(FAULT)/seal-blind.o: $(FAULT)/seal-blind.c $(BUILD)/flags
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(FAULT)/damage-blind: $(FAULT)/damage.o $(FAULT)/seal-blind.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

fault-programs: $(DAMAGE)

damage: $(BIN) $(DAMAGE) ## damage every page and 5,000 bits of a store, and read each copy
	@tests/run "tests/fault/damage-run $(BUILD)"

.PHONY: damage
