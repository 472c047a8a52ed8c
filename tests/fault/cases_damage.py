"""
Files that a disk, a person or another program has damaged. What is read is
right, or one sentence says that it is not; see damage.c.
"""
import json
import os
import re
import shutil
import stat
import struct
import subprocess
import termios

from cases_screen import QUIET, bytes_of, on_a_terminal
from place import HERE, JOBS, LIMIT, Failed, Place, in_parallel
from sweep import HAN

PAGE = 4096
KINDS = 9       # that every page gets; see damage.c

# Look about, write a status, take it back.
STORY = """Down Down PgDn End Home 1 7 Esc Enter Down Esc h Esc B Down Enter
Esc Esc / a Esc f Right Down Esc d d d Space F6 Down Enter y u y Ctrl-L""".split()


def proposal(session, number, length, **more):
    return {"session": session, "number": number, "status": "received",
            "title": "关于第%d件事的建议" % number,
            "proposers": ["张三", "李四", "民进市委会"][:number % 4],
            "body": ("第%d件事，" % number * length)[:length] or None,
            "received": "2024-01-%02d" % (number % 28 + 1), **more}


class Making:
    """A store that has everything in it, made with the program: two sessions,
    long texts with pages of their own, removed proposals, changes that were
    undone and done again, free pages."""

    def __init__(self, place, count):
        self.place, self.count, self.olds = place, count, []
        place.env["PROPOSALS_CONFIG"] = os.path.join(HERE, "damage.yaml")
        place.must([place.program, "init", place.store])
        numbers = range(1, count + 1)
        some = ",".join(map(str, numbers[::3]))
        self.add(proposal("14-2", n, n % 9 * 40, category="industry")
                 for n in numbers)
        self.keep()
        self.add(proposal("14-3", n, 3000 if n % 7 == 3 else n % 5 * 90,
                          level="key" if n % 3 else "ordinary",
                          units=[{"department": "jxj", "role": "lead"}])
                 for n in numbers)
        self.keep()
        self.do("status", "handling", some, "--note", "交办")
        self.add(proposal("14-3", count + n, 300) for n in range(1, 8))
        self.keep()
        # With the head of the batch before, the file is what a power cut just
        # before the last commit would have left: a sound store, of which
        # nothing can be told. So none is kept from here on.
        self.do("undo")
        self.add(proposal("14-3", n, 2500, result="AB"[n % 2],
                          outcome="已经办理" * 200) for n in numbers[::5])
        self.do("status", "answered", some)
        self.do("undo")
        self.do("status", "answered", some, "--session", "14-2")
        place.check()

    def do(self, *words):
        self.place.must([self.place.program, *words])

    def file(self, name, rows):
        path = self.place.path(name)
        with open(path, "w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return path

    def add(self, rows):
        self.do("import", self.file("rows.jsonl", rows))

    def keep(self):
        """The file as it is now is what a disk may bring back later."""
        old = self.place.path("old-%d" % len(self.olds))
        shutil.copyfile(os.path.join(self.place.store, "data.mdb"), old)
        self.olds.append(old)

    def readers(self, *names):
        """What is run on every copy, in a file for `damage`."""
        count, lines = self.count, []
        more = self.file("more.jsonl", (proposal("14-3", n, 2000)
                                        for n in (2, count, count + 30)))
        batches = len(self.place.must(
            [self.place.program, "batches", "--json"]).splitlines())
        commands = {
            "check": ["check"],
            "reading": [
                "list --json", "show --json --session 14-2 1-%d" % count,
                "show --json --session 14-3 1-%d" % count, "batches --json",
                *("batches --json %d" % n for n in range(1, batches + 1)),
                *("history --json %d" % n
                  for n in range(1, min(count, 50) + 8, 3))],
            "export": ["export -"],
            "writing": [
                "status handling 2,5,8 --note 交办", "import " + more,
                "undo", "check", "list --json"],
        }
        for name in names:
            lines += ["%s %s\n" % (name, words) for words in commands[name]]
        path = self.place.path("readers")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(lines)
        return path


def damage(place, *words, tool="damage"):
    """(what it printed, whether it found nothing wrong)"""
    folder = place.path("copies")
    os.makedirs(folder, exist_ok=True)
    ran = subprocess.run(
        [place.tool(tool), *map(str, words[:-1]), place.store, folder,
         words[-1]], env=place.env, text=True, errors="replace",
        capture_output=True)
    if ran.returncode not in (0, 1):
        raise Failed("    status %d\n%s" % (ran.returncode, ran.stderr))
    return ran.stdout, ran.returncode == 0


def sweep(place, *words):
    out, good = damage(place, "-j", JOBS, *words)
    for line in out.splitlines():
        if line.startswith("tried: "):
            place.tried("%s", line[len("tried: "):])
    if not good:
        raise Failed("    " + out.replace("\n", "\n    "))


def no_damage_passes_for_right(place):
    made = Making(place, place.much(16, 600))
    olds = [word for old in made.olds for word in ("-o", old)]
    sweep(place, "-b", place.much(5000, 100000), "-c", place.much(100, 2000),
          *olds, made.readers("check", "reading", "export", "writing"))


def without_checksums_damage_does_pass(place):
    made = Making(place, 16)
    out, good = damage(place, "-b", 400, "-j", JOBS, made.readers("reading"),
                       tool="damage-blind")
    silent = int(re.search(r"(\d+) silent", out).group(1))
    if good or not silent:
        raise Failed("    nothing was found wrong:\n" + out)
    place.tried("without checksums: %d silent of %s", silent,
                re.search(r"on (\d+) damaged", out).group(1))


def a_damaged_lock_file_is_nothing_to_who_is_alone(place):
    made = Making(place, 16)
    sweep(place, "-l", "-b", place.much(300, 5000), "-c", 50,
          made.readers("reading", "writing"))


# -- what is no store

def refused(place, words, *says):
    for command in (["list"], ["check"], ["status", "handling", "1"]):
        ran = place.proposals(*command)
        if ran.status != 4 or not HAN.search(ran.err) or \
                not all(text in ran.err for text in says):
            raise Failed("    %s: not refused with %s\n%s" %
                         (words, " ".join(says), ran))


def file_kinds(data):
    """(what it is, what makes it at a path, what is said)"""
    def whole(change):
        def make(path):
            with open(data, "rb") as file:
                content = bytearray(file.read())
            with open(path, "wb") as file:
                file.write(change(content))
        return make

    def another_version(content):
        for page in (0, PAGE):
            struct.pack_into("<I", content, page + 20, 999)
        return content

    def longer_header(content):
        for page in (0, PAGE):
            content[page + 24:page + 200] = content[page + 16:page + 192]
            content[page + 16:page + 24] = bytes(8)
        return content

    def swapped(content):
        content[:2 * PAGE] = content[PAGE:2 * PAGE] + content[:PAGE]
        return content

    return (
        ("an empty file", whole(lambda _: b""), "空文件"),
        ("a text", whole(lambda _: b"a\n" * 9000), "不是本程序的提案库"),
        ("a short text",
         whole(lambda _: b"some words of another program\n" * 2),
         "不是本程序的提案库"),
        ("zeros", whole(lambda content: bytes(len(content))),
         "不是本程序的提案库"),
        ("half a page", whole(lambda content: content[:2000]), "不完整"),
        ("swapped heads", whole(swapped), "文件头已损坏"),
        ("a later LMDB", whole(longer_header), "另一版本的 LMDB"),
        ("another version of the data", whole(another_version),
         "另一版本的 LMDB"),
        ("a folder", os.mkdir, "不是普通文件"),
        ("a FIFO", os.mkfifo, "不是普通文件"),
        ("a link", lambda path: os.symlink("/nowhere", path),
         "不是普通文件"),
        ("a device", lambda path: os.mknod(
            path, 0o600 | stat.S_IFCHR, os.makedev(1, 5)), "不是普通文件"),
    )


def what_is_no_store_is_named(place):
    Making(place, 16)
    data = os.path.join(place.store, "data.mdb")
    good = place.path("good.mdb")
    os.rename(data, good)
    tried = 0
    for words, make, says in file_kinds(good):
        try:
            make(data)
        except PermissionError:     # a device is root's to make
            continue
        refused(place, words, says)
        os.rmdir(data) if words == "a folder" else os.unlink(data)
        tried += 1
    place.tried("files that are no store: %d, each refused by name", tried)


def a_lock_file_of_another_kind_is_told(place):
    Making(place, 16)
    lock = os.path.join(place.store, "lock.mdb")
    os.unlink(lock)
    for words, make, away in (
            ("a folder", os.mkdir, os.rmdir), ("a FIFO", os.mkfifo, os.unlink),
            ("a link", lambda path: os.symlink("/nowhere/file", path),
             os.unlink)):
        make(lock)
        refused(place, "lock.mdb: " + words)
        away(lock)


# -- at the screen

def play(place, store):
    """(how it went, the modes of the terminal, whether it hangs, whether
    damage was told of at any key)"""
    probe = on_a_terminal(place, {"PROPOSALS_STORE": store})
    told, modes = False, None
    for key in [*STORY, "q", "q", "q"]:
        if probe.eof or probe.reap():
            break
        probe.feed()
        told |= "损坏" in probe.scr.text()
        probe._send(bytes_of(key, probe.scr.modes.get(1)))
        probe.settle(QUIET)
    probe.settle(10 * QUIET)
    if probe.reap() or probe.eof:
        probe.reap(True)
        modes = termios.tcgetattr(probe.fd)[:4]
    return probe, modes, probe.end(LIMIT), told


def at_the_screen(job):
    """(status, whether damage was told of, failure) of one damaged copy."""
    build, base, number = job
    place = Place(build)
    place.env["PROPOSALS_CONFIG"] = os.path.join(HERE, "damage.yaml")
    pages = os.path.getsize(os.path.join(base, "data.mdb")) // PAGE
    which = "%d,%d,%d" % (number % KINDS, number * 7 % pages, number + 1)
    try:
        os.mkdir(place.path("copies"))
        place.must([place.tool("damage"), "-p", which, base,
                    place.path("copies")])
        probe, modes, hung, told = play(place, place.path("copies/0"))
        probe.feed()
        text = "\n".join(probe.scr.lines())
        code = probe.status
        status = os.WEXITSTATUS(code) if os.WIFEXITED(code) else None
        why = "it hangs" if hung else \
            "it died by a signal" if status is None else \
            "status %d" % status if status not in (0, 4, 70, 129) else \
            "the terminal is not as it was" \
            if modes and modes != probe.tty_modes else \
            "not a word" if status in (4, 70) and not HAN.search(text) else ""
        return status, told, why and "    -p %s: %s\n%s" % (which, why, text)
    finally:
        place.close()


def at_the_screen_it_is_told_and_the_terminal_given_back(place):
    Making(place, 16)
    count = {"used": 0, "told": 0, "refused": 0, "left": 0}
    jobs = [(place.build, place.store, n)
            for n in range(place.much(90, 1500))]
    for status, told, failure in in_parallel(at_the_screen, jobs):
        if failure:
            raise Failed(failure)
        count["refused" if status == 4 else "left" if status == 70 else
              "told" if told else "used"] += 1
    if not count["told"] or not count["refused"]:
        raise Failed("    nothing was told: %s" % count)
    place.tried("damaged files at the screen %d: %d nothing of it was met, %d "
                "told, %d refused, %d left with 70, 0 signals, 0 hangs, every "
                "terminal given back", len(jobs), *count.values())
