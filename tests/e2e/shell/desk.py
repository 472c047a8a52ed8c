"""
A place for one test: a home, a store, a clock, and the program.

Whatever a run of the program is about, it has to end by itself with the
status that was expected, and neither stream may hold an escape sequence,
broken UTF-8 or a word of the C library's; a message is a Chinese sentence a
line, and every failure has one.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.dirname(os.path.abspath(__file__)))))
SEED = os.path.join(ROOT, "tests/data/pinghu-2024-key-proposals.csv")
DATA = os.path.join(ROOT, "tests/data/import")
NUMBERS = [1, 4, 8, 9, 17, 23, 36, 51, 161, 173]
LIMIT = 60      # seconds for one run; nothing takes more than a few

HAN = re.compile("[\u4e00-\u9fff]")
FOREIGN = re.compile(r"\(null\)|No such|denied|directory|descriptor|Bad |"
                     r"Invalid|Input/output|No space|Broken pipe|Success|"
                     r"MDB_|errno|error|assert", re.IGNORECASE)


class Failed(Exception):
    """The text says what was wanted and what there was."""


class Ran:
    """One run of the program that has ended."""

    def __init__(self, words, status, out, err):
        self.words, self.status = words, status
        self.out, self.err = out, err
        self.lines = out.splitlines()

    def __str__(self):
        def cut(text):
            return text if len(text) < 3000 else text[:3000] + "..."
        words = " ".join(word if len(word) < 200 else word[:200] + "..."
                         for word in map(str, self.words))
        return "    proposals %s\n    status %s\n    out: %s\n    err: %s" % (
            words, self.status, cut(self.out), cut(self.err))

    def fail(self, why):
        raise Failed("    %s\n%s" % (why, self))

    def says(self, *texts):
        """On standard error."""
        for text in texts:
            if text not in self.err:
                self.fail("does not say: " + text)
        return self

    def silent(self):
        if self.err:
            self.fail("says something")
        return self

    def prints(self, *texts):
        """On standard output."""
        for text in texts:
            if text not in self.out:
                self.fail("does not print: " + text)
        return self

    def prints_not(self, *texts):
        for text in texts:
            if text in self.out:
                self.fail("prints: " + text)
        return self

    def empty(self):
        if self.out:
            self.fail("prints something")
        return self

    def rows(self):
        """The standard output as JSON Lines."""
        try:
            return [json.loads(line) for line in self.lines]
        except ValueError as error:
            self.fail("no JSON Lines: %s" % error)


def equal(have, want, what=""):
    if have != want:
        raise Failed("    %swanted %r\n    there is %r" %
                     (what and what + ": ", want, have))


class Desk:
    def __init__(self, program):
        self.program = program
        self.dir = tempfile.mkdtemp(prefix="shell-")
        self.store = os.path.join(self.dir, "store")
        self.checked = True
        logs = "log_path=" + os.path.join(self.dir, "sanitizer")
        self.env = {
            "PATH": "/usr/bin:/bin", "HOME": self.dir, "LC_ALL": "C.UTF-8",
            "TZ": "Asia/Shanghai", "PROPOSALS_NOW": "2024-11-20T09:30:00",
            "PROPOSALS_STORE": self.store,
            "ASAN_OPTIONS": logs, "UBSAN_OPTIONS": logs + ":print_stacktrace=1",
        }

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)

    def last_checks(self):
        """What has to hold after every test, whatever it was about."""
        for path in glob.glob(os.path.join(self.dir, "sanitizer*")):
            with open(path, errors="replace") as file:
                raise Failed(file.read())
        if self.checked and os.path.isdir(self.store):
            self.run("check")

    def sanitized(self):
        with open(self.program, "rb") as file:
            return b"__asan_init" in file.read()

    # -- files

    def path(self, name):
        return os.path.join(self.dir, name)

    def file(self, name, content):
        """A file of bytes, or of text in UTF-8; its path."""
        if isinstance(content, str):
            content = content.encode()
        with open(self.path(name), "wb") as file:
            file.write(content)
        return self.path(name)

    def seed(self):
        with open(SEED, "rb") as file:
            return file.read()

    # -- running it

    def environment(self, changes):
        env = dict(self.env)
        for name, value in changes.items():
            env.pop(name, None)
            if value is not None:
                env[name] = value
        return env

    def start(self, *words, env=None, stdin=subprocess.DEVNULL,
              stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more):
        return subprocess.Popen(
            [self.program, *words], cwd=self.dir,
            env=self.environment(env or {}), stdin=stdin, stdout=stdout,
            stderr=stderr, **more)

    def end(self, process, words, text=None):
        try:
            out, err = process.communicate(text, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failed("    does not end: %s" % (words,))
        ran = Ran(words, process.returncode, (out or b"").decode("latin-1"),
                  (err or b"").decode("latin-1"))
        for stream, data in (("standard output", out or b""),
                             ("standard error", err or b"")):
            if b"\x1b" in data:
                ran.fail("an escape byte on " + stream)
            try:
                data.decode()
            except UnicodeDecodeError:
                ran.fail("no UTF-8 on " + stream)
        return Ran(words, process.returncode, (out or b"").decode(),
                   (err or b"").decode())

    def judge(self, ran, status):
        allowed = status if isinstance(status, tuple) else (status,)
        if ran.status not in allowed:
            ran.fail("status %s, not %s" % (ran.status, status))
        if ran.status and not ran.err:
            ran.fail("a failure without a word")
        if ran.out and not ran.out.endswith("\n"):
            ran.fail("the last line does not end")
        for line in ran.err.splitlines():
            if not HAN.search(line):
                ran.fail("no sentence: " + line)
            if FOREIGN.search(line.replace(self.dir, "")):
                ran.fail("foreign words: " + line)
            if line.startswith("：") or "：：" in line:
                ran.fail("a sentence about nothing: " + line)
        return ran

    def run(self, *words, status=0, stdin=None, env=None, **more):
        """Run it, and see that it ends with `status` (or one of several)."""
        if isinstance(stdin, str):
            stdin = stdin.encode()
        process = self.start(*words, env=env, stdin=subprocess.DEVNULL
                             if stdin is None else subprocess.PIPE, **more)
        return self.judge(self.end(process, words, stdin), status)

    def together(self, commands):
        """Several runs at once; each is a list of words."""
        started = [(self.start(*words), words) for words in commands]
        return [self.judge(self.end(process, words), (0, 1, 2, 3, 4, 5, 6))
                for process, words in started]

    # -- scenes

    def empty(self):
        self.run("init", self.store)
        return self

    def seeded(self):
        """The ten real proposals as 办理中."""
        self.empty()
        self.run("import", SEED, "--status", "办理中")
        return self

    def lines(self, *rows):
        """Import JSON Lines, all of which must go in."""
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n"
                       for row in rows)
        return self.run("import", "-", stdin=text)

    # -- looking at it

    def rows(self, *words):
        return self.run("list", *words, "--json", status=(0, 1)).rows()

    def numbers(self, *words):
        return [row["number"] for row in self.rows(*words)]

    def show(self, number):
        return self.run("show", str(number), "--json").rows()[0]

    def statuses(self):
        return {row["number"]: row["status"] for row in self.rows()}

    def batches(self):
        return self.run("batches", "--json", status=(0, 1)).rows()
