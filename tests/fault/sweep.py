"""
One command of the program, run once for every call that it makes, with that
call failing: what has to hold each time.

A command leaves the register as it was or as it had to become, nothing in
between, and what it says is so: 已保存 when its batch is there, 未保存 when it
is not. It ends by itself, with a status that the help knows; a failure has
one or more Chinese sentences and no word of the C library's.
"""
import difflib
import errno
import filecmp
import os
import re
import shutil

from desk import FOREIGN, HAN
from place import Failed

SAVED = re.compile("已保存：批次|已恢复|已压缩|已重建|已按导出重建|已经换上")
UNSAVED = re.compile(r"未保存|没有保存|没有写入|没有导入")
UNSURE = "不能确定是否已保存"
CRASHED = "程序意外中断"  # of a signal, which was caught to say this
NO_MEMORY = 70  # to do anything more
LOADING = "error while loading shared libraries"    # before it has begun

# Every way in which a call of a kind can fail; failshim.c tells what they are.
MODES = {
    "malloc": ["once", "after"],
    "write": ["once", "after", "short", "interrupt", "kill", "killafter",
              "late"],
    "sync": ["once", "after", "interrupt", "kill", "killafter", "late"],
    "open": ["once", "after", "interrupt", "kill"],
    "mmap": ["once", "after"],
    "size": ["once", "after", "interrupt", "kill", "killafter", "late"],
    "name": ["once", "after", "kill", "killafter"],
    "read": ["once", "after", "short", "interrupt"],
    "lock": ["once", "after", "interrupt"],
    "other": ["once", "after"],
}

# Other reasons than the usual one, for `long`.
ERRORS = {
    "write": [errno.EIO, errno.EDQUOT, errno.EFBIG, errno.EROFS],
    "sync": [errno.ENOSPC, errno.EDQUOT, errno.EROFS],
    "open": [errno.EACCES, errno.ENOENT, errno.ENFILE, errno.ENOMEM,
             errno.ELOOP, errno.EIO],
    "mmap": [errno.EACCES, errno.EAGAIN, errno.ENODEV],
    "size": [errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EOPNOTSUPP],
    "name": [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT],
    "read": [errno.ENOMEM, errno.EISDIR],
    "lock": [errno.EAGAIN, errno.EIO, errno.ENOSYS],
    "other": [errno.ENOMEM, errno.EMFILE, errno.EIO, errno.ENOSYS],
}


class Command:
    """Words of the shell. `$NEW` in them is a path where nothing is, and
    `$FOLDER` the same with an empty folder; what stands there afterwards
    `after(sweep, ran)` judges, if it is given."""

    def __init__(self, *words, stdin=os.devnull, after=None, status=0,
                 base="store"):
        self.words, self.stdin, self.after = words, stdin, after
        self.status = status    # when nothing fails
        self.base = base        # of those that are prepared

    def __str__(self):
        return " ".join(os.path.basename(word) for word in self.words)


class Sweep:
    """A command in a place of its own."""

    def __init__(self, place, base, command, prepared=None):
        self.place, self.base, self.command = place, base, command
        self.prepared = prepared    # called when the store is as before
        self.new = place.path("new")
        self.documented = self.statuses()
        self.restore()
        self.before = self.shown()
        ran = self.run({})
        if ran.status != command.status:
            raise Failed("    this has to work:\n%s" % ran)
        self.after = self.shown()
        self.restore()

    def statuses(self):
        """What the help says of exit statuses."""
        line = re.search("退出状态：(.*)", self.place.proposals("help").out)
        return {int(word) for word in re.findall(r"\d+", line.group(1))}

    def restore(self):
        shutil.rmtree(self.place.store, ignore_errors=True)
        shutil.copytree(self.base, self.place.store)
        if self.prepared:
            self.prepared()

    def run(self, env, prefix=()):
        if os.path.isdir(self.new):
            shutil.rmtree(self.new)
        elif os.path.lexists(self.new):
            os.remove(self.new)
        if "$FOLDER" in self.command.words:
            os.mkdir(self.new)
        words = [word.replace("$NEW", self.new).replace("$FOLDER", self.new)
                 for word in (self.place.program, *self.command.words)]
        return self.place.run([*prefix, *words], env, self.command.stdin)

    def shown(self):
        """All that the register shows, as text. Without memory to look the
        account up, its number is its name."""
        return [re.sub('by":"[^"]*"', "", self.place.proposals(*words).out)
                for words in (["list", "--json"], ["batches", "--json"],
                              ["user", "list"])]

    # -- what has to hold

    def fail(self, why, ran):
        raise Failed("    %s\n%s" % (why, ran))

    def judge(self, ran, killed, tidy=True, heard=True):
        """`killed` on purpose; `tidy`: it was let clear up behind itself;
        `heard`: what it says was let through."""
        if ran.hung or (ran.signal and not killed):
            self.fail("it did not end by itself", ran)
        if not killed:
            self.judge_words(ran, heard)
        self.judge_store(ran, killed, tidy and not killed)
        if self.command.after:
            self.command.after(self, ran)

    def judge_words(self, ran, heard):
        if CRASHED in ran.err:
            self.fail("it crashed", ran)
        if ran.status not in self.documented:
            self.fail("no such status in the help", ran)
        if ran.status and not ran.err and heard:
            self.fail("a failure without a word", ran)
        for line in ran.err.splitlines():
            if not HAN.search(line) or \
                    FOREIGN.search(line.replace(self.place.dir, "")):
                self.fail("no sentence: " + line, ran)

    def judge_store(self, ran, killed, tidy):
        """As it was, or as it had to become."""
        shown, left = self.before, self.names(self.place.store)
        if not self.same():
            self.place.check()
            shown = self.shown()
        if left != self.names(self.base) or shown != self.before:
            self.restore()
        if tidy and shown == self.before and shown != self.after and \
                left != self.names(self.base):
            self.fail("leaves behind %s" % left, ran)
        if shown not in (self.before, self.after):
            self.fail("neither as it was nor as it had to become:\n" +
                      self.difference(shown), ran)
        if self.before == self.after or killed:
            return
        there = shown == self.after
        if bool(SAVED.search(ran.err)) > there:
            self.fail("called saved, and is not there", ran)
        if there and UNSAVED.search(ran.err):
            self.fail("called not saved, and is there", ran)
        if UNSURE in ran.err:
            return
        if there and ran.status and not SAVED.search(ran.err):
            self.fail("it is there, and no word of it", ran)
        if not there and (not ran.status or (
                ran.status == NO_MEMORY and not UNSAVED.search(ran.err))):
            self.fail("it is not there, and no word of it", ran)

    @staticmethod
    def names(store):
        return sorted(os.listdir(store))

    def same(self):
        """Bit for bit."""
        return filecmp.cmp(
            os.path.join(self.base, "data.mdb"),
            os.path.join(self.place.store, "data.mdb"), shallow=False)

    def difference(self, shown):
        """From what it had to become."""
        return "\n".join(
            line for a, b in zip(self.after, shown) for line in
            difflib.ndiff(a.splitlines(), b.splitlines())
            if not line.startswith("  "))

    # -- the sweeps

    def shim(self, kind, mode, start=1, error=None):
        """How many calls there were to fail."""
        report = self.place.path("report")
        env = {"LD_PRELOAD": self.place.tool("failshim.so"),
               "FAIL_KIND": kind, "FAIL_MODE": mode, "FAIL_REPORT": report}
        if error:
            env["FAIL_ERRNO"] = str(error)
        for n in range(start, 1000000):
            if os.path.exists(report):
                os.remove(report)
            ran = self.run({**env, "FAIL_AT": str(n)})
            hit = False
            if os.path.exists(report):
                with open(report) as file:
                    hit = file.read() == "hit"
            try:
                self.judge(ran, mode.startswith("kill") and ran.signal == 9,
                           (kind, mode) != ("name", "after"))
            except Failed as failure:
                raise Failed("    %s: %s %d %s\n%s" % (
                    self.command, kind, n, mode, failure)) from failure
            if not hit:
                return n - start

    def count(self, kind):
        report = self.place.path("report")
        if os.path.exists(report):
            os.remove(report)
        self.run({"LD_PRELOAD": self.place.tool("failshim.so"),
                  "FAIL_KIND": kind, "FAIL_REPORT": report})
        self.restore()
        with open(report) as file:
            return int(file.read())

    def traced(self, calls, what):
        """The same with strace's injection, which reaches the C library's
        own calls; how many there were."""
        log = self.place.path("strace")
        for n in range(1, 1000000):
            ran = self.run({}, [
                shutil.which("strace"), "-qq", "-o", log, "-e",
                "trace=" + calls, "-e",
                "inject=%s:%s:when=%d" % (calls, what, n)])
            killed = ran.signal == 9 and what.startswith("signal")
            with open(log, errors="replace") as file:
                hit = "INJECTED" in file.read()
            try:
                if LOADING not in ran.err:
                    self.judge(ran, killed, heard=calls != "write")
            except Failed as failure:
                raise Failed("    %s: %s %d %s\n%s" % (
                    self.command, calls, n, what, failure)) from failure
            if not hit and not killed:
                return n - 1
