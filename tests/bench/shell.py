"""The commands of the shell beside the peers', as whole processes, exec to
exit."""
import hashlib
import os
import re
import shutil
import subprocess
import sys

import peers
from data import LARGEST, add, size_of, timed
from machine import here

MIB = 1 << 20
GOALS_FROM = 1000000    # the goals beside sqlite3 are for this size
CELL = 5                # seconds: a peer that needs more is not waited for
LONG = 120              # for ours and sqlite3

FILTERS = [     # what, ours, sqlite3's, its order
    ("status, department; by due date",
     ["status=办理中", "unit=经信局", "--sort", "期限"],
     "status='handling' AND lead='jxj'", "due"),
    ("two statuses, level; by due date",
     ["status=办理中,已答复", "level=重点", "--sort", "期限"],
     "status IN ('handling', 'answered') AND level='key'", "due"),
    ("category, session; by number",
     ["category=教育", "session=14-3"],
     "category='education' AND session='14-3'", "session, number"),
    ("department, level, category, not a result; by due date",
     ["unit=经信局", "level=重点", "category=工业经济", "!result=A",
      "--sort", "期限"],
     "lead='jxj' AND level='key' AND category='economy' AND result<>'A'",
     "due"),
    ("assigned since a date, level; by due date",
     ["assigned>=2024-01-01", "level=重点", "--sort", "期限"],
     "assigned>='2024-01-01' AND level='key'", "due"),
    ("a department alone; by due date", ["unit=教育局", "--sort", "期限"],
     "lead='jyj'", "due"),
    ("all; by due date", ["--sort", "期限"], "1", "due"),
]
GROUPS = [      # ours, sqlite3's
    (["unit", "status"], ["lead", "status"]),
    (["category", "result"], ["category", "result"]),
    (["session", "level"], ["session", "level"]),
]
# What is looked for, in words of tests/bench/generate. Hard to find absent:
# all its parts are common. Every character of the texts is common.
NEEDLES = {
    "title": [("common", "建"), ("rare", "蓑"), ("absent", "鲸"),
              ("common", "建设"), ("rare", "蓑衣"), ("absent", "鲸鱼"),
              ("absent, hard", "议关"),
              ("common", "高质量"), ("rare", "乌篷船"), ("absent", "龙卷风"),
              ("absent, hard", "新高质"),
              ("common", "营商环境"), ("rare", "蚕桑夜校"),
              ("absent", "养老校园"), ("absent, hard", "高标准化")],
    "text": [("common", "实"), ("absent", "鲸"),
             ("common", "服务"), ("rare", "晴家"), ("absent", "鲸鱼"),
             ("absent, hard", "见意"),
             ("common", "工作日"), ("rare", "孔利刚"), ("absent", "龙卷风"),
             ("absent, hard", "任务体"),
             ("common", "发现问题"), ("rare", "孔利刚提"),
             ("absent", "养老校园"), ("absent, hard", "度任务和")],
}
PINYIN = [("common, full", "jianshe"), ("common, initials", "js"),
          ("rare, full", "wupengchuan"), ("rare, initials", "wpc"),
          ("rare, mixed", "wupengc"), ("absent", "longjuanfeng")]


def goal_of_find(kind, length):
    """sqlite3 has to read everything for one and two characters. From three
    on its index knows at once that one of the trigrams is nowhere: only a
    hard word makes it work."""
    if length <= 2:
        return 0.01
    if kind == "common":
        return 0.1
    return 0.05 if kind == "absent, hard" and length == 4 else 0.9


class Shell:
    """One size. `slow` remembers over the sizes what a peer took."""

    def __init__(self, bench, size, data, slow):
        self.bench, self.size, self.data, self.slow = bench, size, data, slow
        self.row, self.program = bench.report.row, bench.program
        self.one = ("14-3", 173) if size <= 1000 else ("12-3", 173)
        self.store = bench.store(size)
        self.peak = (0, "")
        self.sqlite = self.others = None

    def goal(self, ratio):
        return ratio if self.size >= GOALS_FROM else None

    # -- whole processes

    def stat(self, command, runs, budget, limit, prepare=None, input=None,
             memory=False, warmup=1):
        args = [self.bench.runstat, "-n", str(runs), "-w", str(warmup),
                "-b", str(budget)]
        args += ["-p", prepare] if prepare else []
        args += ["-i", input] if input else []
        args += ["-m"] if memory else []
        if limit:
            command = ["timeout", "-s", "KILL", str(limit)] + command
        out = subprocess.run(args + ["--"] + command, env=self.bench.env,
                             stdout=subprocess.PIPE, text=True)
        cells = out.stdout.split("\t")
        if out.returncode:
            sys.exit("runstat failed on %s" % command[0])
        return cells

    def ours(self, *args, runs=41, budget=10, **options):
        """Median ms; None if it failed. 1: nothing was found."""
        cells = self.stat([self.program, *args], runs, budget, None, **options)
        return float(cells[1]) if int(cells[6]) in (0, 1) else None

    def beside(self, command, runs=41, budget=6):
        """sqlite3's median ms."""
        cells = self.stat(command, runs, budget, LONG)
        return float(cells[1]) if int(cells[6]) == 0 else \
            "over %d s" % LONG if int(cells[6]) >= 124 else "failed"

    def peer(self, name, what, command, prepare=None):
        """A slow one's: a figure, or why there is none."""
        before, likely = self.slow.get((name, what)), 0
        if before:
            size, ms = before
            likely = ms * self.size / size
            if likely > CELL * 1500:
                return "not tried: %s s at %s" % (
                    "over %d" % CELL if ms > CELL * 1000 else
                    "%.1f" % (ms / 1000), "{:,}".format(size))
        once = likely > 700
        cells = self.stat(command, 1 if once else 5, 1, CELL, prepare=prepare,
                          warmup=0 if once else 1)
        status, ms = int(cells[6]), float(cells[1])
        self.slow[name, what] = (self.size, ms)
        if status >= 124:
            self.slow[name, what] = (self.size, CELL * 1000 + 1)
            return "over %d s" % CELL
        return ms if status == 0 else "failed: status %d" % status

    def ask(self, what, **arguments):
        """What each of the others takes for a method of its own."""
        found = {}
        for name, peer in self.others.items():
            make = getattr(peer, what, None)
            if make:
                found[name] = self.peer(
                    name, (what, *arguments.values()), make(**arguments))
        return found

    def remember(self, *args):
        """The most private memory of any lookup."""
        cells = self.stat([self.program, *args], 5, 5, None, memory=True)
        self.peak = max(self.peak, (int(cells[5]), " ".join(args[:2])))

    # -- the data

    def prepare(self):
        self.data.jsonl()
        if here("sqlite3"):
            self.sqlite = peers.Sqlite(self.data.sqlite_text())
        if here("vd"):
            self.data.csv()
        if here("recsel") and self.size <= LARGEST["recutils"]:
            self.data.recutils()
        if here("task") and self.size <= LARGEST["taskwarrior"]:
            self.data.taskwarrior()
        self.others = self.find_peers()
        self.load()

    def find_peers(self):
        data, file, found = self.data, self.data.jsonl(), {}
        if here("rg"):
            found["rg"] = peers.Ripgrep(file)
        found["grep, sed"] = peers.Plain(file)
        if here("jq"):
            found["jq"] = peers.Jq(file)
        if here("recsel") and self.size <= LARGEST["recutils"]:
            found["recutils"] = peers.Recutils(data.recutils())
        if here("task") and self.size <= LARGEST["taskwarrior"]:
            found["taskwarrior"] = peers.Taskwarrior(data.taskwarrior())
        if here("vd") and self.size <= LARGEST["visidata"]:
            found["visidata"] = peers.Visidata(data.csv(), self.size,
                                               data.folder)
        return found

    def load(self):
        """Imported anew when the program is another one."""
        with open(self.program, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        if self.data.facts(self.store).get("program") != digest:
            shutil.rmtree(self.store, ignore_errors=True)

        def make(new):
            program = ["env", "PROPOSALS_STORE=" + new, self.program]
            return dict(add(
                timed(program + ["init", new], env=self.bench.env),
                timed(program + ["import", self.data.jsonl()],
                      env=self.bench.env)),
                program=digest, size=size_of(new))
        self.data.keep(self.store, make)
        self.bench.env["PROPOSALS_STORE"] = self.store

    # -- the rows

    def run(self):
        self.bench.report.section(
            "{:,} proposals, in the shell".format(self.size), "sqlite3")
        self.prepare()
        self.loaded()
        self.lookups()
        self.filters()
        self.groups()
        self.finds()
        for many, goal in ((226, 0.2), (10000, 0.1), (100000, 0.1)):
            if many < self.size:
                self.bulk(many, goal)
        self.row("most private memory of a command (%s)" % self.peak[1],
                 self.peak[0], unit="KiB", goal=4096)

    def loaded(self):
        ours = self.data.facts(self.store)
        data = self.data
        beside = data.facts(data.path("q", ".db")) if self.sqlite else {}
        spent = [("recutils", data.path("p", ".rec")),
                 ("taskwarrior", data.path("task"))]
        for key, what in (("cpu", "load, searchable: time of the processors"),
                          ("wall", "load, searchable: on the clock")):
            self.row(what, ours[key], beside.get(key), unit="s", times=True,
                     goal=self.goal(0.05) if key == "cpu" else None,
                     others={name: data.facts(path).get(key)
                             for name, path in spent})
        self.row("size of the store", ours["size"] / MIB,
                 beside and beside["size"] / MIB, unit="MiB",
                 goal=self.goal(0.5), times=True,
                 others={"grep, sed": size_of(data.jsonl()) / MIB})

    def lookups(self):
        session, number = self.one
        name = "%s-%d" % self.one
        empty = float(self.stat([self.bench.empty], 201, 10, None)[1])
        show = self.ours("show", name, "--json", runs=201)
        self.row("show %s, here beside an empty program" % name, show, empty,
                 goal=1.7, times=True)
        self.remember("show", name)
        self.row("show %s" % name, show,
                 self.sqlite and self.beside(self.sqlite.get(session, number)),
                 goal=self.goal(0.5), times=True,
                 others=self.ask("get", session=session, number=number))

    def found(self, args):
        """How many proposals our list says there are."""
        done = subprocess.run([self.program, "list", *args, "--limit", "50"],
                              env=self.bench.env, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        total = re.search(r"共 ([\d,]+) 件", done.stderr)
        return int(total.group(1).replace(",", "")) if total else \
            done.stdout.count("\n")

    def filters(self):
        for i, (what, args, where, order) in enumerate(FILTERS):
            ours = self.ours("list", *args, "--limit", "50")
            beside = None
            have = self.found(args)
            if self.sqlite:
                beside = self.beside(self.sqlite.filter(where, order),
                                     budget=2)
                ours = self.check(what, ours, have, self.sqlite.ask(
                    "SELECT count(*) FROM p WHERE " + where))
            self.remember("list", *args, "--limit", "50")
            self.row("list 50 of {:,}: {}".format(have, what), ours, beside,
                     goal=self.goal(0.6), times=True,
                     others=self.ask("filter") if i == 0 else None)

    def check(self, what, ours, have, command):
        """A wrong answer has no time."""
        told = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if int(told.stdout) == have:
            return ours
        print("  WRONG: %s: %d, not %s" % (what, have, told.stdout.strip()))
        return None

    def groups(self):
        for i, (names, columns) in enumerate(GROUPS):
            beside = self.sqlite and self.beside(
                self.sqlite.groups(*columns), budget=2)
            self.row("count " + " × ".join(names), self.ours("count", *names),
                     beside, goal=self.goal(0.03), times=True,
                     others=self.ask("groups") if i == 0 else None)
            self.remember("count", *names)

    def finds(self):
        for column, needles in NEEDLES.items():
            for kind, word in needles:
                self.find(column, kind, word)
        for kind, word in PINYIN:
            self.row("find pinyin, {}: {} ({:,})".format(
                kind, word, self.found(["text=" + word])),
                self.ours("list", "text=" + word, "--limit", "50"))
            self.remember("list", "text=" + word, "--limit", "50")

    def find(self, column, kind, word):
        args = ["text=" + word]
        what = "find %d in the %s, %s: %s" % (len(word), column, kind, word)
        ours = self.ours("list", *args, "--limit", "50")
        have = self.found(args)
        self.remember("list", *args, "--limit", "50")
        others, beside = {}, None
        if self.sqlite:
            like = instr = None
            if len(word) <= 2 or self.size < GOALS_FROM:
                like = self.beside(self.sqlite.like(column, word), runs=5,
                                   budget=3)
            if len(word) == 2:
                instr = self.beside(self.sqlite.instr(column, word), runs=5,
                                    budget=3)
            beside = like if len(word) <= 2 else self.beside(
                self.sqlite.trigrams(column, word), runs=21, budget=2)
            others = {"LIKE": like, "instr": instr}
        for name, peer in self.others.items():
            # The slow ones only once.
            if name in ("rg", "grep, sed") or column == "text" and \
                    len(word) == 4 and kind in ("common", "rare"):
                others[name] = self.peer(name, ("find", column, kind),
                                         peer.find(column, word))
        if have < self.least(column, word):
            print("  WRONG: too few with %s" % word)
            ours = None
        self.row("{} ({:,})".format(what, have), ours, beside, times=True,
                 goal=self.goal(goal_of_find(kind, len(word))), others=others)

    def least(self, column, word):
        """How many have it there; ours looks everywhere."""
        if not here("rg"):
            return 0
        match = "\"(%s)\":\"[^\"]*%s" % ("|".join(peers.text_keys(column)),
                                         word)
        done = subprocess.run(["rg", "-N", "-c", match, self.data.jsonl()],
                              stdout=subprocess.PIPE, text=True)
        return int(done.stdout or 0)

    # -- bulk changes

    def numbers(self, many):
        """A file with the numbers of so many proposals, far apart."""
        path = self.bench.path("numbers")
        step = self.size // many
        with open(path, "w") as out:
            for i, line in enumerate(open(self.data.jsonl(),
                                          encoding="utf-8"), 1):
                if i % step == 0 and i // step <= many:
                    out.write("%s-%s\n" % re.match(
                        r'{"session":"([^"]*)","number":(\d+)',
                        line).groups())
        return path, step

    def bulk(self, many, goal):
        """One durable commit with its history. Each run finds the statuses as
        before: ours and sqlite3's change them back and forth."""
        numbers, step = self.numbers(many)
        copy = self.bench.path("copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.store, copy)
        self.bench.env["PROPOSALS_STORE"] = copy
        # Forced, because the workflow lets few of these proposals go there.
        change = "status %s - --force --note 批量"
        ours = self.ours(
            *(change % "延期").split(), "--expect", str(many), runs=9,
            budget=20, input=numbers,
            prepare="'%s' %s <'%s' && sync '%s/data.mdb'" % (
                self.program, change % "办理中", numbers, copy))
        self.bench.env["PROPOSALS_STORE"] = self.store
        shutil.rmtree(copy)
        beside = None
        if self.sqlite:
            beside = self.beside(peers.Sqlite(self.data.sqlite_table()).update(
                many, step), runs=8, budget=10)
        self.row("status of {:,}, one durable commit".format(many), ours,
                 beside, goal=self.goal(goal), times=True,
                 others=self.bulk_others(many, step))

    def bulk_others(self, many, step):
        """On copies, for a peer may be killed in the middle."""
        out, found = self.bench.path("bulk"), {}
        for name, peer in self.others.items():
            prepare = None
            if name in ("grep, sed", "jq"):
                command = peer.update(step, out)
            elif name == "recutils":
                prepare = "cp '%s' '%s'" % (peer.file, out)
                command = peer.update(step, out)
            elif name == "taskwarrior":
                prepare = "rm -rf '%s' && cp -r '%s' '%s'" % (
                    out, peer.folder, out)
                command = peer.update(many, out)
            else:
                continue
            found[name] = self.peer(name, ("bulk", many), command, prepare)
            shutil.rmtree(out) if os.path.isdir(out) else \
                os.path.exists(out) and os.unlink(out)
        return found
