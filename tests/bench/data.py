"""The data, and what each peer makes of them: kept in the folder of the bench
for the next run, with the time that it took to load them."""
import calendar
import csv
import json
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = """seq session number title proposers lead joint category level
status received filed assigned due replied closed result feedback text
revision""".split()
# What gets a store of its own besides ours: the largest size that it is
# given, for beyond it none of them answers within the limit of a cell.
LARGEST = {"recutils": 100000, "taskwarrior": 10000, "visidata": 1000000}

TABLE = """PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
PRAGMA cache_size=-400000;
CREATE TABLE p(seq INTEGER PRIMARY KEY, session TEXT, number INT, title TEXT,
 proposers TEXT, lead TEXT, joint TEXT, category TEXT, level TEXT, status TEXT,
 received TEXT, filed TEXT, assigned TEXT, due TEXT, replied TEXT, closed TEXT,
 result TEXT, feedback TEXT, text TEXT, revision INT);
.import --csv --skip 1 '%s' p
CREATE UNIQUE INDEX p_number ON p(session, number);
CREATE INDEX p_status ON p(status, lead, due);
CREATE INDEX p_lead ON p(lead, status);
"""
TRIGRAMS = """PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
PRAGMA cache_size=-400000;
CREATE VIRTUAL TABLE f USING fts5(title, text, content='p',
 content_rowid='seq', tokenize='trigram');
INSERT INTO f(f) VALUES('rebuild');
"""
TASKRC = """data.location=%s
confirmation=off
bulk=0
verbose=nothing
hooks=off
gc=off
json.array=on
uda.seq.type=numeric
uda.session.type=string
uda.number.type=numeric
uda.state.type=string
uda.lead.type=string
uda.body.type=string
report.fifty.columns=due,description
report.fifty.labels=due,title
report.fifty.sort=due+
report.fifty.filter=status:pending
"""


def timed(command, input=None, output=None, env=None):
    """Seconds it took, on the clock and of the CPUs, on disk at the end."""
    begun = time.monotonic()
    child = subprocess.Popen(
        command, env=env,
        stdin=subprocess.PIPE if input else subprocess.DEVNULL,
        stdout=open(output, "w") if output else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    if input:
        child.stdin.write(input.encode())
        child.stdin.close()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit("%s: status %d" % (command[0], child.returncode))
    return {"wall": time.monotonic() - begun,
            "cpu": usage.ru_utime + usage.ru_stime}


def add(*spent):
    return {key: sum(s[key] for s in spent) for key in ("wall", "cpu")}


def due(assigned):
    """Three months after it, as the rule of the example says."""
    if not assigned:
        return ""
    year, month, day = map(int, assigned.split("-"))
    year, month = year + (month > 9), (month + 2) % 12 + 1
    return "%d-%02d-%02d" % (
        year, month, min(day, calendar.monthrange(year, month)[1]))


def size_of(path):
    if not os.path.isdir(path):
        return os.stat(path).st_blocks * 512
    return sum(entry.stat().st_blocks * 512 for entry in os.scandir(path))


class Data:
    """The files of one size; each is made when it is first asked for."""

    def __init__(self, folder, size):
        self.folder, self.size = folder, size

    def path(self, name, end=""):
        return os.path.join(self.folder, "%s%d%s" % (name, self.size, end))

    def keep(self, path, make):
        """make(new name) -> what is to be remembered about it."""
        if not os.path.exists(path):
            new = path + ".new"
            for old in (new, path + ".json"):
                shutil.rmtree(old, ignore_errors=True)
                if os.path.exists(old):
                    os.unlink(old)
            facts = make(new)
            if facts:
                with open(path + ".json", "w") as file:
                    json.dump(facts, file)
            os.rename(new, path)
        return path

    def facts(self, path):
        try:
            with open(path + ".json") as file:
                return json.load(file)
        except OSError:
            return {}

    def jsonl(self):
        return self.keep(self.path("p", ".jsonl"), lambda new: subprocess.run(
            [os.path.join(HERE, "generate"), "-n", str(self.size),
             "--sessions", "1" if self.size <= 1000 else "25", "-o", new],
            check=True) and None)

    def proposals(self):
        with open(self.jsonl(), encoding="utf-8") as lines:
            for i, line in enumerate(lines, 1):
                yield i, json.loads(line)

    def csv(self):
        return self.keep(self.path("p", ".csv"), self.write_csv)

    def write_csv(self, new):
        with open(new, "w", encoding="utf-8", newline="") as file:
            write = csv.writer(file).writerow
            write(COLUMNS)
            for i, p in self.proposals():
                lead = p["units"][0]["department"] if p["units"] else ""
                write([i, p["session"], p["number"], p["title"],
                       "、".join(p["proposers"]), lead,
                       " ".join(u["department"] for u in p["units"][1:]),
                       p["category"], p["level"], p["status"], p["received"],
                       p["filed"], p["assigned"], due(p["assigned"]),
                       p["replied"], p["closed"], p["result"], p["feedback"],
                       p["body"] or p["outcome"], 1])

    # -- the peers' stores

    def sqlite_table(self):
        """The table and the indexes that fit: what bulk changes are made in."""
        return self.keep(self.path("u", ".db"), lambda new: self.sqlite(
            new, TABLE % self.csv()))

    def sqlite_text(self):
        """The same and a full-text index of trigrams: what is asked."""
        def make(new):
            table = self.sqlite_table()
            shutil.copyfile(table, new)
            return self.sqlite(new, TRIGRAMS, self.facts(table))
        return self.keep(self.path("q", ".db"), make)

    def sqlite(self, new, script, before=None):
        spent = add(timed(["sqlite3", new], input=script),
                    timed(["sync", new]))
        if before:
            spent = add(spent, before)
        timed(["sqlite3", new, "PRAGMA journal_mode=WAL; ANALYZE"])
        return dict(spent, size=size_of(new))

    def recutils(self):
        return self.keep(self.path("p", ".rec"), lambda new: timed(
            ["csv2rec", "-t", "Proposal", self.csv()], output=new))

    def taskwarrior(self):
        """The folder of the tasks; its settings lie beside it."""
        folder = self.path("task")

        def make(new):
            with open(folder + ".rc", "w") as file:
                file.write(TASKRC % new)
            source = folder + ".source"
            with open(source, "w", encoding="utf-8") as file:
                for i, p in self.proposals():
                    json.dump(self.task(i, p), file, ensure_ascii=False)
                    file.write("\n")
            os.mkdir(new)
            spent = timed(["task", "rc:" + folder + ".rc", "import", source])
            os.unlink(source)
            with open(folder + ".rc", "w") as file:
                file.write(TASKRC % folder)
            return spent
        return self.keep(folder, make)

    @staticmethod
    def task(i, p):
        def day(date):
            return date.replace("-", "") + "T000000Z"
        task = {"uuid": "00000000-0000-4000-8000-%012d" % i,
                "status": "pending", "entry": day(p["received"]),
                "modified": day(p["received"]), "description": p["title"],
                "seq": i, "session": p["session"], "number": p["number"],
                "state": p["status"], "body": p["body"] or p["outcome"],
                "lead": p["units"][0]["department"] if p["units"] else ""}
        if p["assigned"]:
            task["due"] = day(due(p["assigned"]))
        return task
