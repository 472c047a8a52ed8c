"""
An installation for many people, as `make install-system` makes it, in a folder
of its own, with a group and accounts of its own. Whatever was made is taken
away again, also after a failure or a signal, and nothing of it has a name or a
place that a real installation could have.
"""
import atexit
import glob
import grp
import json
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.dirname(os.path.abspath(__file__)))))
SEED = os.path.join(ROOT, "tests/data/pinghu-2024-key-proposals.csv")
LIMIT = 60      # seconds for one run; nothing takes more than a few
HAN = re.compile("[\u4e00-\u9fff]")
ROLES = {"viewer": "查看", "editor": "编辑", "admin": "管理"}


class Failed(Exception):
    """The text says what was wanted and what there was."""


class Skipped(Exception):
    """The text says what is missing here."""


class Ran:
    """A run that has ended."""

    def __init__(self, words, status, out, err):
        self.words, self.status = words, status
        self.out, self.err = out, err
        self.lines = out.splitlines()

    def __str__(self):
        return "    %s\n    status %s\n    out: %s\n    err: %s" % (
            " ".join(map(str, self.words)), self.status, self.out[:2000],
            self.err[:2000])

    def fail(self, why):
        raise Failed("    %s\n%s" % (why, self))

    def says(self, *texts):
        for text in texts:
            if text not in self.err:
                self.fail("does not say: " + text)
        return self

    def prints(self, *texts):
        for text in texts:
            if text not in self.out:
                self.fail("does not print: " + text)
        return self

    def rows(self):
        return [json.loads(line) for line in self.lines]


def equal(have, want, what=""):
    if have != want:
        raise Failed("    %swanted %.1000r\n    there is %.1000r" %
                     (what and what + ": ", want, have))


def call(*words):
    """A tool of the system that must succeed."""
    ran = subprocess.run(words, stdin=subprocess.DEVNULL, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ran.returncode:
        raise Failed("    %s: %s" % (" ".join(words), ran.stdout))
    return ran.stdout


def set_group_id_counts(folder):
    """Whether the kernel heeds the mode of a file here."""
    return not os.statvfs(folder).f_flag & os.ST_NOSUID


class Installation:
    PEOPLE = ("root", "admin", "editor", "viewer", "stranger")

    def __init__(self, build):
        self.build = os.path.abspath(build)
        self.undo = []
        self.dir = None
        atexit.register(self.close)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(1))
        try:
            self.build_up()
        except BaseException:
            self.close()
            raise

    def close(self):
        while self.undo:
            try:
                self.undo.pop()()
            except Exception as error:      # what is left is to be undone too
                print("# not undone: %r" % error, file=sys.stderr)

    # -- making it

    def build_up(self):
        self.make_folder()
        self.tag = "pt%d" % os.getpid()
        self.group = self.tag + "-g.x"
        self.add_group(self.group)
        self.staff = self.tag + "_staff"
        self.add_group(self.staff)
        self.users = {"root": pwd.getpwuid(0)}
        os.mkdir(self.home("root"), 0o700)
        for person in self.PEOPLE[1:]:
            self.users[person] = self.add_user(person)
        self.prefix = self.path("usr")
        self.program = os.path.join(self.prefix, "bin/proposals")
        self.sheet = os.path.join(self.prefix,
                                  "libexec/proposals/proposals-sheet")
        self.etc = self.path("etc")
        self.config = os.path.join(self.etc, "proposals.yaml")
        self.store = self.path("state")
        self.backups = self.path("backups")
        self.install()

    def make_folder(self):
        for parent in ("/tmp", "/var/tmp", "/opt"):
            if os.path.isdir(parent) and set_group_id_counts(parent):
                break
        else:
            raise Skipped("every folder for temporary files is nosuid")
        self.dir = tempfile.mkdtemp(prefix="proposals-system-", dir=parent)
        self.undo.append(lambda: shutil.rmtree(self.dir))
        os.chmod(self.dir, 0o755)

    def add_group(self, name):
        call("groupadd", "--system", name)
        self.undo.append(lambda: call("groupdel", name))

    def add_user(self, person):
        """An account with a name that few would choose, and a home."""
        name = "%s-%s_x" % (self.tag, person[:5])
        home = self.path("home-" + person)
        call("useradd", "--no-create-home", "--home-dir", home, "--shell",
             "/bin/sh", "--password", "*", "--no-user-group", "--gid",
             "users", "--groups", self.staff, name)
        self.undo.append(lambda: call("userdel", name))
        account = pwd.getpwnam(name)
        os.mkdir(home, 0o700)
        os.chown(home, account.pw_uid, account.pw_gid)
        return account

    def places(self):
        return ["PREFIX=" + self.prefix, "SYSCONFDIR=" + self.etc,
                "STATEDIR=" + self.store, "BACKUPDIR=" + self.backups,
                "GROUP=" + self.group]

    def install(self):
        """
        What BUILD holds, with other places in it: its objects are taken as
        they are, one is compiled, and the programs are linked anew.
        """
        build = self.path("build")
        if subprocess.call(["make", "-C", ROOT, "-s", "-q", "BUILD=" +
                            self.build, "-o", self.build + "/flags", "-o",
                            self.build + "/places", "all"]):
            raise Failed("    %s is older than its source" % self.build)
        if not os.path.isdir(build):
            for pattern in ("tui/**/*.o", "config/*.o", "config_example.*",
                            "flags"):
                for path in glob.glob(os.path.join(self.build, pattern),
                                      recursive=True):
                    to = os.path.join(build, os.path.relpath(path, self.build))
                    os.makedirs(os.path.dirname(to), exist_ok=True)
                    shutil.copy2(path, to)
        self.make("install-system")

    def make(self, *words):
        build = self.path("build")
        return call("make", "-C", ROOT, "-s", "-o", build + "/flags",
                    "BUILD=" + build, *words, *self.places())

    # -- running it

    def path(self, name):
        return os.path.join(self.dir, name)

    def home(self, person, name=""):
        """In a folder of his own; root's is not the real one."""
        return os.path.join(self.path("home-" + person), name)

    def file(self, person, name, content, mode=0o600):
        """A file in somebody's home, his own."""
        path = self.home(person, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes)
                       else content.encode())
        os.chmod(path, mode)
        os.chown(path, self.users[person].pw_uid, self.users[person].pw_gid)
        return path

    def environment(self, person):
        return {"PATH": "/usr/bin:/bin", "HOME": self.home(person),
                "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
                "TZ": "Asia/Shanghai"}

    def start(self, person, *words, env=None, **more):
        """Any program as this person: his uid, his groups, no other."""
        account = self.users[person]
        groups = [group.gr_gid for group in grp.getgrall()
                  if account.pw_name in group.gr_mem]
        how = dict(user=account.pw_uid, group=account.pw_gid,
                   extra_groups=groups, cwd=self.dir,
                   env={**self.environment(person), **(env or {})},
                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                   stderr=subprocess.PIPE)
        how.update(more)
        return subprocess.Popen([str(word) for word in words], **how)

    def end(self, process, words, text=None):
        try:
            out, err = process.communicate(text, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failed("    does not end: %s" % (words,))
        return Ran(words, process.returncode,
                   (out or b"").decode("utf-8", "replace"),
                   (err or b"").decode("utf-8", "replace"))

    def tool(self, person, *words, stdin=None, **more):
        """A foreign program; its status is the caller's to judge."""
        if stdin is not None:
            more["stdin"] = subprocess.PIPE
            stdin = stdin.encode() if isinstance(stdin, str) else stdin
        return self.end(self.start(person, *words, **more), words, stdin)

    def run(self, person, *words, status=0, **more):
        """The program; it must end with `status`, one of several, or None."""
        ran = self.tool(person, self.program, *words, **more)
        allowed = status if isinstance(status, tuple) else (status,)
        if status is not None and ran.status not in allowed:
            ran.fail("status %s, not %s" % (ran.status, status))
        if ran.status and not HAN.search(ran.err):
            ran.fail("a failure without a sentence")
        if ran.status < 0 or ran.status == 70:
            ran.fail("ends by a fault of its own")
        return ran

    # -- scenes

    def empty(self):
        """A new store without users."""
        for name in os.listdir(self.store):
            path = os.path.join(self.store, name)
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            else:
                os.remove(path)
        self.run("root", "init", "--system")
        return self

    def staffed(self):
        """One of each role; the ten real proposals as 办理中."""
        self.empty()
        for person in ROLES:
            self.run("root", "user", "add", self.users[person].pw_name, person)
        self.run("root", "import", SEED, "--status", "办理中")
        return self

    def content(self):
        """All that can be seen of the register."""
        return [self.run("root", *words, status=(0, 1)).out for words in (
            ["list", "--json"], ["batches", "--json"],
            ["user", "list", "--json"])]

    def status_of(self, number):
        return self.run("root", "show", str(number), "--json") \
            .rows()[0]["status"]

    def modes(self, path):
        """2770 root:GROUP"""
        st = os.lstat(path)
        return "%o %s:%s" % (stat.S_IMODE(st.st_mode),
                             pwd.getpwuid(st.st_uid).pw_name,
                             grp.getgrgid(st.st_gid).gr_name)
