"""
The same at the screen: a story of a hundred keys, with one call failing.
"""
import argparse
import importlib.machinery
import importlib.util
import os
import random
import re
import shutil
import termios

from cases_calls import prepare
from place import HERE, LIMIT, Failed, Place, in_parallel
from sweep import CRASHED, HAN, MODES

QUIET = 3000000     # ns without output: the program waits for the next key

# Look about, mark, change, take back, again, edit, search, filter, leave.
STORY = """Down Down Up PgDn Home End j k g G 1 7 3 Enter Esc Enter Down Left
Right Esc h Down Esc B Enter Esc Esc ? PgDn PgDn Esc F9 Down Down Esc Space
Space F6 Down Enter y Ctrl-U y R y Space F6 Enter n 1 Enter y / a b BS BS Esc
f Right Right Enter Down Esc Ctrl-R c d d d Ctrl-R o Enter o Enter v Down Down v U U i a U
# 4 , 8 Enter s Down Enter y : l Esc Ctrl-R e Down Enter Esc Esc y Tab Tab
Ctrl-L Ctrl-R Ctrl-A Esc Space F6 Down Enter y""".split()
NAMES = {"Space": "<Space>", "BS": "<BS>"}


def load_ptyprobe():
    path = os.path.join(os.path.dirname(HERE), "e2e/ptyprobe")
    loader = importlib.machinery.SourceFileLoader("ptyprobe", path)
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("ptyprobe", loader))
    loader.exec_module(module)
    return module


ptyprobe = load_ptyprobe()


def bytes_of(key, application):
    if len(key) == 1:
        return key.encode()
    if key.startswith("Ctrl-"):
        return bytes([ord(key[-1]) & 31])
    return ptyprobe.keybytes("<%s>" % key, application)


def on_a_terminal(place, env):
    """The program there, started; it waits for a key."""
    options = argparse.Namespace(
        cols=80, rows=24, ambiguous=1, cwd=None, timeout=LIMIT, quiet=60,
        environ={**place.env, **env, "TERM": "xterm-256color"},
        settle=40, term="", lang="", env=[], raw=None, bps=0, latency=0,
        serial=False, as_mb=0, mute=False, ignore_hup=False,
        no_tty_in=False, no_tty_out=False)
    probe = ptyprobe.Probe(options, [place.program])
    probe.start()
    probe.settle(10 * QUIET)
    return probe


class Screen:
    """The program on a terminal, with a store of its own."""

    def __init__(self, place, base):
        self.place, self.base = place, base

    def play(self, env):
        shutil.rmtree(self.place.store, ignore_errors=True)
        shutil.copytree(self.base, self.place.store)
        probe = on_a_terminal(self.place, env)
        for key in STORY:
            if probe.eof or probe.reap():
                break
            probe.feed()
            probe._send(bytes_of(key, probe.scr.modes.get(1)))
            probe.settle(QUIET)
        modes = None
        if probe.reap() or probe.eof:
            probe.reap(True)
            modes = termios.tcgetattr(probe.fd)[:4]
        hung = probe.end(LIMIT)
        probe.feed()
        return probe, hung, modes

    def judge(self, probe, hung, modes, killed):
        text = "\n".join(probe.scr.lines())
        if hung:
            raise Failed("    it does not go\n" + text)
        code = probe.status
        if os.WIFSIGNALED(code) and not (killed and os.WTERMSIG(code) == 9):
            raise Failed("    signal %d\n%s" % (os.WTERMSIG(code), text))
        status = os.WEXITSTATUS(code) if os.WIFEXITED(code) else None
        if CRASHED in text:
            raise Failed("    it crashed\n" + text)
        # 129: the terminal went away, as it did at the end of the story
        if not killed and status not in (0, 1, 2, 3, 4, 5, 6, 70, 129):
            raise Failed("    status %s\n%s" % (status, text))
        if modes and not killed and modes != probe.tty_modes:
            raise Failed("    the terminal is not as it was\n" + text)
        if status not in (None, 0, 129) and not HAN.search(text):
            raise Failed("    a failure without a word\n" + text)
        self.place.check()


def one_story(job):
    """Failing the given calls of a kind: (how many, failure)"""
    build, base, kind, mode, numbers = job
    place = Place(build)
    screen = Screen(place, base)
    report = place.path("report")
    try:
        for n in numbers:
            env = {"LD_PRELOAD": place.tool("failshim.so"), "FAIL_KIND": kind,
                   "FAIL_MODE": mode, "FAIL_AT": str(n),
                   "FAIL_REPORT": report}
            try:
                screen.judge(*screen.play(env), mode.startswith("kill"))
            except Failed as failure:
                return 0, "    %s %d %s\n%s" % (kind, n, mode, failure)
        return len(numbers), ""
    finally:
        place.close()


def counts(here):
    """Of each kind, how many calls a story makes that goes well."""
    screen = Screen(here.another(), here.store)
    report = screen.place.path("report")
    found = {}
    for kind in MODES:
        probe, hung, _ = screen.play({
            "LD_PRELOAD": here.tool("failshim.so"), "FAIL_KIND": kind,
            "FAIL_REPORT": report})
        if hung or not re.search("已", "\n".join(probe.scr.lines())):
            raise Failed("    the story does not go well:\n" +
                         "\n".join(probe.scr.lines()))
        with open(report) as file:
            found[kind] = int(file.read())
        os.remove(report)
    screen.place.close()
    return found


def no_failing_call_ends_a_story_badly(place):
    """Each of them in `long`, else a few of each kind."""
    prepare(place)
    rng = random.Random(2)
    jobs, found = [], counts(place)
    for kind, count in found.items():
        for mode in MODES[kind]:
            numbers = list(range(1, count + 1))
            if not place.long:
                numbers = sorted(rng.sample(numbers, min(2, count)))
            for i in range(0, len(numbers), 50):
                jobs.append((place.build, place.store, kind, mode,
                             numbers[i:i + 50]))
    points, failures = 0, []
    for number, failure in in_parallel(one_story, jobs):
        points += number
        failures += [failure] if failure else []
    if failures:
        raise Failed("    %d failures\n%s" %
                     (len(failures), "\n".join(failures[:5])))
    place.tried("%d failing calls of %s in a story of %d keys: 0 signals, "
                "0 hangs, 0 bad", points, "{:,}".format(sum(found.values())),
                len(STORY))
