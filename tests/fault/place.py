"""
A place where things are broken: a folder in memory, the programs of one
build, and what every test does with them.
"""
import multiprocessing
import os
import pwd
import shutil
import signal
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OFFICE = os.path.join(HERE, "office.yaml")
LIMIT = 60      # seconds after which a program hangs; it takes milliseconds
JOBS = min(2, os.cpu_count() or 1)


class Failed(Exception):
    """The text says what was wanted and what there was."""


class Skipped(Exception):
    """The text says what this machine does not allow."""


class Ran:
    """A program that has ended: of a signal, or with a status."""

    def __init__(self, words, code, out, err, hung=False):
        self.words, self.out, self.err, self.hung = words, out, err, hung
        self.signal = os.WTERMSIG(code) if os.WIFSIGNALED(code) else 0
        self.status = os.WEXITSTATUS(code) if os.WIFEXITED(code) else None

    def __str__(self):
        how = "it hangs" if self.hung else "signal %d" % self.signal \
            if self.signal else "status %d" % self.status
        return "    %s\n    %s\n    out: %s\n    err: %s" % (
            " ".join(self.words), how, self.out[-1500:], self.err[-1500:])


class Place:
    def __init__(self, build, is_long=False, within=None):
        self.build, self.long = build, is_long
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.dir = tempfile.mkdtemp(prefix="fault-", dir=within or memory)
        self.program = os.path.join(build, "proposals")
        self.store = self.path("store")
        self.acks = self.path("acks")
        self.env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": self.dir, "TMPDIR": self.dir, "LC_ALL": "C.UTF-8",
            # a zone that needs no file: reading that may fail, and then
            # the clock of the tests would be another
            "TZ": "UTC", "PROPOSALS_NOW": "2024-11-20T09:30:00",
            "PROPOSALS_CONFIG": OFFICE, "PROPOSALS_STORE": self.store,
        }

    def another(self):
        """One more, which goes when this one goes."""
        return Place(self.build, self.long, self.dir)

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)

    # -- saying

    def tried(self, text, *args):
        print("tried: " + text % args, flush=True)

    def much(self, each, long):
        """How much of it: on each change, and on the long run."""
        return long if self.long else each

    # -- files and programs

    def path(self, name):
        return os.path.join(self.dir, name)

    def tool(self, name):
        return os.path.join(self.build, "fault", name)

    def keep(self, path, name):
        """A copy that outlives the test, for looking into it."""
        kept = os.path.join(self.build, "fault", name)
        shutil.copy(path, kept)
        return kept

    def spawn(self, words, env=None, stdin=os.devnull, out=None, err=None):
        """Start it, its output in files; the process id."""
        create = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        return os.posix_spawn(
            words[0], words, {**self.env, **(env or {})}, setsid=True,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, out or os.devnull, create, 0o600),
                (os.POSIX_SPAWN_OPEN, 2, err or os.devnull, create, 0o600)])

    def wait(self, pid, limit=LIMIT):
        """(wait status, whether it had to be killed)"""
        hung = []

        def kill(*_):
            hung.append(True)
            os.killpg(pid, signal.SIGKILL)
        signal.signal(signal.SIGALRM, kill)
        signal.alarm(limit)
        code = os.waitpid(pid, 0)[1]
        signal.alarm(0)
        return code, bool(hung)

    def run(self, words, env=None, stdin=os.devnull, limit=LIMIT):
        out, err = self.path("out"), self.path("err")
        code, hung = self.wait(self.spawn(words, env, stdin, out, err), limit)
        with open(out, errors="replace") as file:
            out = file.read()
        with open(err, errors="replace") as file:
            err = file.read()
        return Ran(words, code, out, err, hung)

    def proposals(self, *words, env=None, stdin=os.devnull):
        return self.run([self.program, *words], env, stdin)

    def must(self, words, env=None):
        ran = self.run(words, env)
        if ran.status != 0:
            raise Failed("    this has to work:\n%s" % ran)
        return ran.out

    def worker(self, *words, env=None, name="worker"):
        """What one somebody does on the store."""
        return self.must([self.tool(name), words[0], self.store, self.acks,
                          *map(str, words[1:])], env)

    def workers(self, count, *words, name="worker"):
        """Many at once; what they print."""
        pids, outs = [], []
        for i in range(count):
            outs.append(self.path("out-%d" % i))
            pids.append(self.spawn(
                [self.tool(name), words[0], self.store, self.acks,
                 *map(str, words[1:])], {"WRITER": str(i)}, out=outs[-1],
                err=self.path("err-%d" % i)))
        bad = [i for i, pid in enumerate(pids) if os.waitpid(pid, 0)[1]]
        if bad:
            with open(self.path("err-%d" % bad[0])) as file:
                raise Failed("    %d writers failed: %s" %
                             (len(bad), file.read()))
        for out in outs:
            with open(out) as file:
                yield file.read()

    def user(self):
        return pwd.getpwuid(os.getuid()).pw_name

    def judge(self, slack=0):
        self.worker("judge", slack)

    def check(self):
        self.must([self.program, "check"])


def in_parallel(function, jobs):
    """function(job) of each, several at once, as they end."""
    with multiprocessing.Pool(JOBS) as pool:
        yield from pool.imap_unordered(function, jobs)
