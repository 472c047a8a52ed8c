#!/usr/bin/env python3
"""usage: characters.py VARIANTS READINGS

The tables of base/characters.h as C, from Debian's unicode-data and from two
lists of ours beside this file that say how they are written.
"""
import bz2
import collections
import itertools
import os
import sys
import unicodedata

UNICODE = "/usr/share/unicode"
ROW = 64  # characters in a row; as in base/characters.h
FAR = 0x8000  # FOLD_FAR there
BEYOND = 0x10000  # the rows end here, pairs begin


def lines(path):
    opened = bz2.open if path.endswith(".bz2") else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                yield line


def unicode_data(name, separator=";"):
    path = os.path.join(UNICODE, name)
    if not os.path.exists(path):
        sys.exit("%s is missing; `make deps` installs unicode-data" % path)
    for line in lines(path):
        yield [part.strip() for part in line.split(separator)]


def unihan(name, *wanted):
    """{field: {character: text}} for the fields that are wanted."""
    fields = {field: {} for field in wanted}
    for char, field, text in unicode_data("Unihan_%s.txt.bz2" % name, "\t"):
        if field in fields:
            fields[field][int(char[2:], 16)] = text
    return [fields[field] for field in wanted]


def characters(codes):
    first, _, last = codes.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


# What a character becomes

class Variants:
    """Of characters that say the same, the one of the table of 2013, which
    is what an office of today writes."""

    def __init__(self, standard):
        self.standard = standard
        self.simple, traditional, self.meaning = [
            {char: [int(one.split("<")[0][2:], 16) for one in text.split()]
             for char, text in field.items()}
            for field in unihan("Variants", "kSimplifiedVariant",
                                "kTraditionalVariant", "kSemanticVariant")]
        # Of several simplified forms (鍾: 钟 锺) the first in the table is
        # meant; the others go with it, so that the three are found as one.
        self.beside = {}
        for char, forms in self.simple.items():
            first = [form for form in forms
                     if form != char and form in standard][:1]
            for form in forms:
                if first and form not in first + [char] and (
                        traditional.get(form) == [char]):
                    self.beside[form] = first[0]

    def find(self, char, path=()):
        """The standard character for this one, or None."""
        if char in path:
            return None
        forms = [form for form in self.simple.get(char, ()) if form != char]
        standard = [form for form in forms if form in self.standard]
        # 乾 and 著 are standard themselves, and are 干 and 着 to those who
        # write 乾燥 and 隨著: to find too much is better than to miss it.
        if standard or char in self.standard:
            return standard[0] if standard else char
        # 峯 and 裏 have no simplified form, but mean what 峰 and 裡 do.
        found = {self.find(form, path + (char,))
                 for form in forms + self.meaning.get(char, [])} - {None}
        return found.pop() if len(found) == 1 else None

    def map(self):
        for char in self.simple.keys() | self.meaning.keys():
            found = self.find(char)
            if not found:  # a rare one; as far as fonts go
                found = min(self.simple.get(char, [char]))
                found = found if found < BEYOND else char
            yield char, found
        yield from self.beside.items()


def read_variants(path):
    for line in lines(path):
        for word in line.split():
            yield ord(word[0]), ord(word[1])


def read_folds(standard, ours):
    """{character: what it becomes}, the weakest source first."""
    folds = dict(Variants(standard).map())
    for codes, radical in unicode_data("EquivalentUnifiedIdeograph.txt"):
        for char in characters(codes):
            folds[char] = int(radical, 16)
    for char, status, other, *_ in unicode_data("CaseFolding.txt"):
        if status in "CS":
            folds[int(char, 16)] = int(other, 16)
    for char, *rest in unicode_data("UnicodeData.txt"):
        parts = [part for part in rest[4].split() if part[0] != "<"]
        if len(parts) == 1:
            folds[int(char, 16)] = int(parts[0], 16)
    for codes, prop in unicode_data("PropList.txt"):
        if prop == "White_Space":
            for char in set(characters(codes)) - {ord("\n")}:
                folds[char] = ord(" ")
    folds.update(read_variants(ours))
    return {char: settle(folds, char) for char in folds
            if settle(folds, char) != char}


def settle(folds, char):
    """Follow it to the end, so that folding twice changes nothing."""
    path = [char]
    while folds.get(path[-1], path[-1]) != path[-1]:
        path.append(folds[path[-1]])
        if len(path) > 9:
            sys.exit("no end: " + "".join(map(chr, path)))
    return path[-1]


# How it sounds

def toneless(syllable):
    """lǜ: lv. Some that have no vowel (ńg) become empty."""
    text = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    text = "".join(c for c in text if "a" <= c <= "z")
    return text if set(text) & set("aeiouv") else ""


def read_readings(ours):
    """{character: set of syllables}, all that any source has."""
    today, before, others = unihan(
        "Readings", "kTGHZ2013", "kXHC1983", "kMandarin")
    readings = collections.defaultdict(set)
    for source in today, before:
        for char, text in source.items():
            for entry in text.split():
                readings[char].update(entry.split(":")[1].split(","))
    for char, text in others.items():
        if char < BEYOND:
            readings[char].update(text.split())
    for line in lines(ours):
        char, *syllables = line.split()
        readings[ord(char)].update(syllables)
    return {char: {toneless(s) for s in some} - {""}
            for char, some in readings.items()}


def with_folded(readings, folds):
    """A character sounds like what it becomes, too."""
    sounds = {}
    for char in readings.keys() | folds.keys():
        both = readings.get(char, set()) | readings.get(
            folds.get(char, char), set())
        if both:
            sounds[char] = sorted(both, key=order)
    return sounds


def order(syllable):
    """Alphabetical, lv right after lu: see pinyin_syllable()."""
    return syllable.replace("v", "u!")


# As C

def array(declaration, values):
    print("const %s = {" % declaration)
    values = iter(values)
    while some := list(itertools.islice(values, 12)):
        print("\t%s," % ", ".join(map(str, some)))
    print("};\n")


def rows(name, cells):
    """Two tables: which row, and the rows, each once; the rest as pairs."""
    numbers = {}
    pages = []
    for start in range(0, BEYOND, ROW):
        row = tuple(cells.get(char, 0) for char in range(start, start + ROW))
        pages.append(numbers.setdefault(row, len(numbers)))
    array("uint16_t %s_pages[%d]" % (name, len(pages)), pages)
    array("uint16_t %s_rows[][%d]" % (name, ROW),
          ("{%s}" % ", ".join(map(str, row)) for row in numbers))


def pairs(name, far):
    array("struct character_pair %s_far[]" % name,
          ("{%d, %d}" % pair for pair in sorted(far.items())))
    print("const size_t %s_far_count = %d;\n" % (name, len(far)))


def write_folds(folds):
    near, far = {}, {}
    for char, other in folds.items():
        shift = (other - char) % BEYOND
        if char < BEYOND and other < BEYOND and shift != FAR:
            near[char] = shift
        else:
            far[char] = other
            near[char] = FAR
    rows("fold", near)
    pairs("fold", far)


def write_sounds(sounds):
    syllables = sorted({s for some in sounds.values() for s in some},
                       key=order)
    ids = {s: number for number, s in enumerate(syllables, 1)}
    several, starts, cells = [], {}, {}
    for char, some in sorted(sounds.items()):
        if len(some) == 1:
            cells[char] = ids[some[0]]
            continue
        if tuple(some) not in starts:
            starts[tuple(some)] = len(several)
            several += [ids[s] for s in some] + [0]
        cells[char] = len(syllables) + 1 + starts[tuple(some)]
    array("char pinyin_syllables[][PINYIN_SYLLABLE_MAX + 1]",
          ['""'] + ['"%s"' % s for s in syllables])
    print("const size_t pinyin_syllable_count = %d;\n" % len(syllables))
    array("uint16_t pinyin_several[]", several)
    rows("pinyin", cells)
    pairs("pinyin", {c: n for c, n in cells.items() if c >= BEYOND})
    longest = max(map(len, sounds.values()))
    print("_Static_assert(PINYIN_READINGS >= %d, "
          "\"as many readings as a character has\");" % longest)


def main(variants, readings):
    standard = set(unihan("OtherMappings", "kTGH")[0])
    folds = read_folds(standard, variants)
    print("#include \"base/characters.h\"\n\n#include \"base/pinyin.h\"\n")
    write_folds(folds)
    write_sounds(with_folded(read_readings(readings), folds))


main(*sys.argv[1:])
