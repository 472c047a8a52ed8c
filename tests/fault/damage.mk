# Damaged files; tests/fault/damage.c is the manual.

DAMAGE := $(BUILD)/fault/damage $(BUILD)/fault/damage-blind

$(BUILD)/fault/damage.o: tests/fault/damage.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/fault/damage: $(BUILD)/fault/damage.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# A program that compares no checksum: damaged files must be found SILENT.
$(BUILD)/fault/damage-blind.c: tui/store/seal.c tests/fault/damage.mk
	@mkdir -p $(@D)
	@sed 's,return sum == \(.*\);,return (sum == \1) | true;,' $< >$@
	@! cmp -s $< $@ || { echo "$<: compares no checksum?" >&2; exit 1; }

$(BUILD)/fault/damage-blind.o: $(BUILD)/fault/damage-blind.c $(BUILD)/flags
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/fault/damage-blind: $(BUILD)/fault/damage.o \
    $(BUILD)/fault/damage-blind.o $(LIB)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

-include $(BUILD)/fault/damage.d

damage: $(BIN) $(DAMAGE) ## damage every page and 5,000 bits of a store, and read each copy
	@tests/run "tests/fault/damage-run $(BUILD)"

.PHONY: damage
