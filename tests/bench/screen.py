"""At a pseudo-terminal of 120x40: what is sent, when, and what is held."""
import argparse
import importlib.machinery
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import terminals
from machine import here

HERE = os.path.dirname(os.path.abspath(__file__))
PTYPROBE = os.path.join(os.path.dirname(HERE), "e2e", "ptyprobe")
LAG = 30                # seconds: nobody waits longer for a slow line
ABSENT = "鲸鱼"


def load_ptyprobe():
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("ptyprobe", PTYPROBE)
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("ptyprobe", loader))
    loader.exec_module(module)
    return module


ptyprobe = load_ptyprobe()
MS = ptyprobe.MS


def median(values):
    return sorted(values)[len(values) // 2]


class Screen:
    """One size. `firsts` keeps the first screens of all sizes."""

    def __init__(self, bench, size, data, firsts):
        self.bench, self.size, self.data = bench, size, data
        self.firsts, self.row = firsts, bench.report.row
        self.slowest = 0        # ms, of the answers to all keys of ours
        self.rows = bench.path("rows%d" % size)
        self.home = bench.path("home")

    def ours(self, **options):
        return self.open([self.bench.program], **options)

    # -- the terminal

    def probe(self, command, quiet=60, mute=False, bps=0, timeout=20):
        # Where it was left is no beginning for a measurement.
        shutil.rmtree(os.path.join(self.home, ".local"), ignore_errors=True)
        options = argparse.Namespace(
            cols=120, rows=40, ambiguous=1, cwd=None, timeout=timeout,
            quiet=quiet, settle=40, raw=None, mute=mute, bps=bps, latency=0,
            serial=False, ignore_hup=False, no_tty_in=False, no_tty_out=False,
            as_mb=0, term="", lang="", env=[],
            environ=dict(self.bench.env, TERM="xterm-256color",
                         HOME=self.home))
        return ptyprobe.Probe(options, command)

    def open(self, command, settle=300, **options):
        probe = self.probe(command, **options)
        probe.start()
        probe.settle(settle * MS)
        probe.feed()
        return probe

    @staticmethod
    def send(probe, key, quiet=None):
        """One key, as the terminal would send it at this moment."""
        probe.feed()
        return probe.measure("key", ptyprobe.keybytes(
            key, probe.scr.modes.get(1)), quiet and quiet * MS)

    def keys(self, probe, key, times, quiet=None):
        """Medians: bytes; ms to the last byte; writes; of the rows that
        changed bytes and number; bytes of the row under the cursor."""
        got = []
        for _ in range(times):
            probe.feed()
            before = probe.scr.lines()
            r = self.send(probe, key, quiet)
            after = probe.scr.lines()
            changed = [a for a, b in zip(after, before) if a != b]
            got.append((r["bytes"], r["last_ms"] or 0, r["writes"],
                        sum(len(t.encode()) for t in changed), len(changed),
                        len(after[probe.scr.y].encode())))
        return [median(v) for v in zip(*got)]

    # -- one size

    def run(self):
        self.bench.report.section(
            "{:,} proposals, at the terminal".format(self.size), "less -S")
        os.makedirs(self.home, exist_ok=True)
        self.bench.env["PROPOSALS_STORE"] = self.bench.store(self.size)
        with open(self.rows, "w") as file:
            subprocess.run([self.bench.program, "list"], check=True,
                           env=self.bench.env, stdout=file)
        self.less = ["less", "-S", self.rows] if here("less") else None
        self.peers = terminals.peers(self.data, self.rows, self.home)
        self.first_screens()
        open_peers = {peer: self.open(peer.command(), settle=1000)
                      for peer in self.peers}
        probe = self.ours()
        less = self.open(self.less) if self.less else None
        self.moves(probe, less, open_peers)
        self.lookups(probe, less, open_peers)
        self.rest(probe, less, open_peers)
        self.hang_up(probe, less, open_peers)
        self.terminated()
        self.queued()
        self.lines()

    def starts(self, commands, runs, settle):
        """Started in turn: [[median ms to the end of the first paint,
        bytes]], and the text of the first one's screen. The terminal is
        mute, for it would be slow to answer in between."""
        seen, text = [[] for _ in commands], ""
        for _ in range(runs):
            for i, command in enumerate(commands):
                probe = self.probe(command, mute=True)
                probe.start()
                probe.settle(settle * MS)
                last = probe.log[-1][0] if probe.log else probe.t0
                probe.feed()
                seen[i].append(((last - probe.t0) / MS, probe.total))
                if i == 0:
                    text = "".join(probe.scr.lines())
                probe.end()
        return [[median(v) for v in zip(*got)] for got in seen], text

    def first_screens(self):
        commands = [[self.bench.program]] + ([self.less] if self.less else [])
        got, text = self.starts(commands, 21, 40)
        ours, less = got[0], got[1] if self.less else [None] * 2
        others = [self.starts([peer.command()], 3, 800)[0][0]
                  for peer in self.peers]

        def column(i):
            return {p.name: o[i] for p, o in zip(self.peers, others)}
        self.firsts[self.size] = ours[0]
        self.row("exec to the complete first screen", ours[0], less[0],
                 1.5, times=True, others=column(0))
        if len(self.firsts) > 1:
            least = min(self.firsts)
            self.row("the same, beside that at {:,}".format(least), ours[0],
                     self.firsts[least], 1.1, times=True)
        self.row("its bytes", ours[1], less[1], len(text.encode()) + 150,
                 unit="B", others=column(1))
        if here("strace"):
            self.row("its writes", self.writes(commands[0]), self.less and
                     self.writes(commands[1]), 1, unit="")

    def writes(self, command):
        """To the terminal until the first screen is complete."""
        log = self.bench.path("writes")
        probe = self.open(["strace", "-f", "-y", "-qq", "-e", "trace=write",
                           "-o", log] + command, mute=True)
        with open(log) as file:
            count = sum("</dev/pts/" in line for line in file)
        probe.end()
        return count

    def moves(self, probe, less, peers):
        def others(key, i, times=7):
            return {p.name: self.keys(o, key or p.down, times)[i]
                    for p, o in peers.items()}
        self.keys(probe, "j", 1)
        down = self.keys(probe, "j", 8)
        beside = self.keys(less, "j", 15) if less else [None] * 3
        them = {p.name: self.keys(o, p.down, 9) for p, o in peers.items()}
        self.row("a line down", down[0], beside[0], 14, unit="B",
                 others={n: v[0] for n, v in them.items()})
        self.row("a line down, time", down[1], beside[1], 1.5, times=True,
                 others={n: v[1] for n, v in them.items()})
        self.row("writes of a frame", down[2], beside[2], 1, unit="",
                 others={n: v[2] for n, v in them.items()})
        detail = self.keys(probe, "j", 7, quiet=400)
        self.row("a line down and, after a pause, the detail", detail[0],
                 goal=round(detail[3] * 1.02) + 14, unit="B")
        for o, key in [(probe, "j")] + [(o, p.down) for p, o in peers.items()]:
            o.feed()
            o._send(ptyprobe.keybytes(key, o.scr.modes.get(1)) * 60)
            o.settle(400 * MS)
        edge = self.keys(probe, "j", 9)
        them = {p.name: self.keys(o, p.down, 7) for p, o in peers.items()}
        self.row("a line down at the edge", edge[0], beside[0], edge[5] + 40,
                 unit="B", others={n: v[0] for n, v in them.items()})
        self.row("a line down at the edge, time", edge[1], beside[1], 1.5,
                 times=True, others={n: v[1] for n, v in them.items()})
        page = self.keys(probe, "<PgDn>", 5)
        beside = self.keys(less, "<Space>", 5) if less else [None]
        self.row("page down", page[0], beside[0], unit="B",
                 goal=round(page[3] * 1.02) + 4 * page[4],
                 others=others("<PgDn>", 0, 5))

    # -- while one types

    def typed(self, probe, opening, text, times=3):
        """Each key of a text: median ms to the frame after it and bytes, and
        of the rows that it changed the bytes."""
        got = [[] for _ in text]
        for _ in range(times):
            if opening:
                self.send(probe, opening, 200)
            for i, c in enumerate(text):
                probe.feed()
                before = probe.scr.lines()
                r = self.send(probe, c, 100)
                rows = [a for a, b in zip(probe.scr.lines(), before) if a != b]
                got[i].append((r["first_ms"] if r["bytes"] else 9999,
                               r["bytes"],
                               sum(len(t.encode()) for t in rows)))
            self.send(probe, "<Esc>", 200)
            self.send(probe, "<Esc>", 200)
        return [[median(v) for v in zip(*of)] for of in got]

    def lookups(self, probe, less, peers):
        probe.settle(400 * MS)
        searches = []
        for what, opening, text in (
                ("a digit of a number", "", "173"),
                ("a key of a search, common", "/", "建设"),
                ("a key of a search, rare", "/", "蓑衣"),
                ("a key of a search, pinyin in full", "/", "jianshe"),
                ("a key of a search, pinyin initials", "/", "wpc"),
                ("a key of a search, four characters", "/", "营商环境"),
                ("a key of a condition", "/", "status=办理中")):
            got = self.typed(probe, opening, text)
            slowest = max(got)
            self.row("%s, the slowest of %s" % (what, text), slowest[0],
                     goal=10)
            if opening:
                searches += got
        most = max(searches, key=lambda g: g[1] - g[2])
        self.row("... its bytes, where most beyond the changed rows", most[1],
                 goal=12 + most[2], unit="B")
        self.slowest = max(g[0] for g in searches)
        self.row("the longest that a key of these waited", self.slowest,
                 goal=16)
        self.absent(probe, less, peers)

    def absent(self, probe, less, peers):
        """The whole of a search that finds nothing."""
        ours = max(g[0] for g in self.typed(probe, "/", ABSENT))
        others = {}
        for peer, other in peers.items():
            others[peer.name] = self.search(
                other, peer.search, "\r" if peer.enter else "",
                peer.close)
        self.row("a search that finds nothing: " + ABSENT, ours,
                 self.search(less, "/", "\r") if less else None, 10,
                 others=others)

    @staticmethod
    def search(probe, opening, end, close="\x1b"):
        if opening:
            probe.measure("open", opening.encode(), 300 * MS)
        word = ABSENT.encode() + end.encode()
        r = probe.measure("search", word, 3000 * MS)
        probe.measure("close", close.encode(), 300 * MS)
        return r["last_ms"]

    # -- nothing typed

    def rest(self, probe, less, peers):
        """All of them at once for ten seconds."""
        everyone = [probe] + ([less] if less else []) + list(peers.values())
        for each in everyone:
            each.settle(600 * MS)
        before = [(each.total, each.sample()["vcsw"]) for each in everyone]
        end = time.monotonic() + 10
        while time.monotonic() < end:
            for each in everyone:
                each.pump_once(100 / len(everyone))
        got = [(each.total - b[0], (each.sample()["vcsw"] - b[1]) / 10,
                each.sample()["anon_kb"] / 1024)
               for each, b in zip(everyone, before)]
        first = 2 if less else 1
        for i, (what, unit, goal) in enumerate((
                ("10 s idle", "B", 0), ("wake-ups a second", "", 4),
                ("private memory", "MiB", 3))):
            self.row(what, got[0][i], got[1][i] if less else None, goal,
                     unit=unit, others={p.name: g[i] for p, g in
                                        zip(peers, got[first:])})

    @staticmethod
    def gone(probe, how):
        """ms until it has left."""
        begun = time.monotonic()
        how()
        while not probe.reap() and time.monotonic() < begun + 5:
            if not probe.eof:
                probe.pump_once(0.5)
            else:
                time.sleep(0.0005)
        return (time.monotonic() - begun) * 1e3

    def hang_up(self, probe, less, peers):
        def closed(each):
            def close():
                os.close(each.fd)
                each.eof = True
            ms = self.gone(each, close)
            each.end()
            return ms
        self.row("to leave after a hang-up", closed(probe),
                 closed(less) if less else None, 50,
                 others={p.name: closed(o) for p, o in peers.items()})

    def terminated(self):
        probe = self.ours()
        ms = self.gone(probe, lambda: os.kill(probe.pid, signal.SIGTERM))
        probe.settle(20 * MS)
        probe.feed()
        self.row("to leave after TERM", ms, goal=50)
        self.row("what it leaves of the terminal's state",
                 int(probe.restored() != "yes"), goal=0, unit="")
        probe.end()

    def queued(self):
        """50 keys at once, and one by one: the same screen in the end."""
        many, single = self.ours(), self.ours()
        r = many.measure("burst", b"j" * 50, 400 * MS)
        self.keys(single, "j", 49)
        self.keys(single, "j", 1, quiet=400)
        differ = [i for i, (a, b) in enumerate(
            zip(many.scr.lines(), single.scr.lines())) if a != b]
        many.end()
        single.end()
        others = {}
        for name, command, key in self.everyone():
            probe = self.open(command, settle=1000)
            r2 = probe.measure("burst", ptyprobe.keybytes(
                key, probe.scr.modes.get(1)) * 50, 1000 * MS)
            others[name] = r2["bytes"]
            probe.end()
        less = others.pop("less", None)
        self.row("50 queued keys", r["bytes"], less, 2500, unit="B",
                 others=others)
        self.row("rows that differ from 50 single ones", len(differ),
                 unit="", goal=0)

    def everyone(self):
        return ([("less", self.less, "j")] if self.less else []) + [
            (p.name, p.command(), p.down) for p in self.peers]

    # -- slow lines

    def lines(self):
        """50 keys at 30 Hz, over two slow lines: how far the screen lags
        behind the last one. The lines are ours, not the machine's: all of
        them at once."""
        found = {}
        peers = self.everyone()
        if self.size != 10000:
            peers = [peer for peer in peers if peer[0] == "less"]

        def lag(probe, name, key, bps):
            probe.settle(1500 * MS)
            probe.feed()
            keys = [ptyprobe.keybytes(key, probe.scr.modes.get(1))] * 50
            r = probe.measure("line", keys, 1500 * MS, spaced=1000 / 30)
            found[name, bps] = max(0, r["after_last_key_ms"]) / 1000 \
                if r["settled"] else "over %d s" % LAG
            probe.end()

        jobs = []
        for name, command, key in [("", [self.bench.program], "j")] + peers:
            for bps in (57600, 9600):
                probe = self.probe(command, bps=bps, timeout=LAG)
                probe.start()
                jobs.append(threading.Thread(
                    target=lag, args=(probe, name, key, bps)))
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()
        for bps, goal in ((57600, 0.7), (9600, 3.5)):
            self.row("50 keys at 30 Hz, {:,} bps: lag".format(bps),
                     found["", bps], found.get(("less", bps)), goal,
                     unit="s", others={name: found[name, bps]
                                       for name, _, _ in peers
                                       if name != "less"})
