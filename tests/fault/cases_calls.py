"""
Every call that a command makes to the system fails once, from then on, half
way, or is its last.
"""
import os
import re
import shutil

from place import ROOT, Failed, Place, in_parallel
from sweep import ERRORS, MODES, Command, Sweep


def made(sweep, ran):
    """After `init`: none, and then one can be made; or a whole one."""
    env = {"PROPOSALS_STORE": sweep.new}
    there = os.path.exists(os.path.join(sweep.new, "data.mdb"))
    if not there and ran.status == 0:
        sweep.fail("called made, and is not there", ran)
    if not there:
        sweep.place.must([sweep.place.program, "init", sweep.new])
    again = sweep.place.proposals("check", env=env)
    if again.status:
        raise Failed("%s" % again)


def backed_up(sweep, ran):
    """After `backup`: a whole one, or none."""
    files = [sweep.new]
    if os.path.isdir(sweep.new):
        files = [entry.path for entry in os.scandir(sweep.new)
                 if not entry.name.startswith(".")]
    files = list(filter(os.path.exists, files))
    if not files and ran.status == 0:
        sweep.fail("called backed up, and is not there", ran)
    folder = sweep.place.path("restored")
    for path in files:
        os.mkdir(folder)
        shutil.move(path, os.path.join(folder, "data.mdb"))
        sweep.place.must([sweep.place.program, "check"],
                         {"PROPOSALS_STORE": folder})
        shutil.rmtree(folder)


def exported(sweep, ran):
    """After `export`: all of it, or no file."""
    if not os.path.exists(sweep.new):
        if ran.status == 0:
            sweep.fail("called exported, and is not there", ran)
        return
    with open(sweep.new) as file:
        if file.read() != sweep.place.proposals("export", "-").out:
            sweep.fail("not all of it", ran)


SHEET = """编号,案由,提案人,主办,级别
4,关于企业用工的建议,民进市委会,经信局,一般
8,关于夜间经济的建议,工商联界,商务局,重点
9,关于数字化改造的建议,"张三、李四",经信局,重点
36,关于老旧厂房的建议,王五,经信局、商务局,重点
173,关于总部经济的建议,民盟市委会,商务局,重点
"""
ROWS = ('{"session":"14-3","number":7,"title":"关于甲的建议","status":"received"}\n'
        '{"session":"14-3","number":8,"title":"关于乙的建议","status":"handling"}\n'
        '{"session":"14-3","number":4,"level":"key"}\n')

# Of each command of the help what is swept; one that is missing here fails.
COMMANDS = {
    "status": [Command("status", "办理中", "4", "8", "9", "--note", "文号"),
               Command("status", "已答复", "4", "--dry-run")],
    "undo": [Command("undo"), Command("undo", "--dry-run")],
    "history": [Command("history", "173"),
                Command("history", "173", "--json")],
    "batches": [Command("batches"), Command("batches", "1"),
                Command("batches", "1", "--json")],
    "help": [Command("help")],
    "init": [Command("init", "$NEW", after=made)],
    "import": [Command("import", "$ROWS"), Command("import", "$SHEET"),
               Command("import", "-", stdin="$SHEET"),
               Command("import", "$ROWS", "--dry-run"),
               Command("import", "$EXPORT", base="empty")],
    "list": [Command("list"), Command("list", "--json", "text=经济"),
             Command("list", "status=已收到", "--sort", "期限")],
    "views": [Command("views")],
    "view": [Command("view", "save", "甲", "级别=重点"),
             Command("view", "delete", "没有", status=1)],
    "show": [Command("show", "173"), Command("show", "4,8", "--json")],
    "count": [Command("count", "status"),
              Command("count", "unit", "level", "--json")],
    "report": [Command("report", "review")],
    "check": [Command("check"),
              Command("check", "--compare", "$BACKUP", status=1),
              Command("check", "--repair", base="spoilt")],
    "doctor": [Command("doctor")],
    "backup": [Command("backup", "$NEW", after=backed_up),
               Command("backup", "--rotate", "$FOLDER", after=backed_up)],
    "export": [Command("export", "$NEW", after=exported),
               Command("export", "-")],
    "restore": [Command("restore", "$BACKUP")],
    "compact": [Command("compact")],
    "user": [Command("user", "add", "daemon", "编辑"),
             Command("user", "remove", "nobody"),
             Command("user", "role", "nobody", "编辑"),
             Command("user", "list")],
}


def prepare(here):
    """The store that everything is tried on, files to read, and two stores
    for commands that need another: `spoilt`, which the check finds fault with,
    and `empty`."""
    here.worker("make")
    for name, text in ("sheet.csv", SHEET), ("rows.jsonl", ROWS):
        with open(here.path(name), "w") as file:
            file.write(text)
    here.must([here.program, "import", here.path("sheet.csv")])
    here.must([here.program, "status", "已答复", "4", "173"])
    here.must([here.program, "undo"])
    here.must([here.program, "backup", here.path("backup")])
    here.must([here.program, "status", "已答复", "36", "173"])
    if os.getuid() == 0:
        here.must([here.program, "user", "add", "nobody", "查看"])
    here.must([here.program, "export", here.path("export")])
    for name, words in ("spoilt", ["spoil"]), ("empty", ["make"]):
        other = here.another()
        if name == "spoilt":
            shutil.copytree(here.store, other.store)
        other.worker(*words)
        shutil.copytree(other.store, here.path(name))
        other.close()


def filled_in(place, command):
    """With the paths of this place, and another place to work in."""
    files = {"$SHEET": place.path("sheet.csv"), "$ROWS": place.path("rows.jsonl"),
             "$BACKUP": place.path("backup"),
             "$EXPORT": place.path("export")}

    def fill(word):
        return files.get(word, word)
    return Command(*map(fill, command.words), stdin=fill(command.stdin),
                   after=command.after, status=command.status,
                   base=command.base)


def one_sweep(job):
    """(points, runs that failed, failure)"""
    build, prepared, command, kind, mode, start, error = job
    place = Place(build)
    try:
        sweep = Sweep(place, os.path.join(prepared, command.base), command)
        if kind == "strace":
            return sweep.traced(*mode), ""
        if start > 1 and sweep.count(kind) <= start:
            start = 1
        return sweep.shim(kind, mode, start, error), ""
    except Failed as failure:
        return 0, str(failure)
    finally:
        place.close()


def sweep_all(place, jobs):
    """Points of each kind; the first failures are the test's."""
    points, failures = 0, []
    for found, failure in in_parallel(one_sweep, jobs):
        points += found
        failures += [failure] if failure else []
    if failures:
        raise Failed("    %d sweeps failed\n%s" %
                     (len(failures), "\n".join(failures[:8])))
    return points


def swept(here):
    for name, commands in COMMANDS.items():
        if name == "user" and os.getuid():  # only root has roles to give
            commands = [Command("user", "list", status=1)]
        for command in commands:
            yield filled_in(here, command)


def no_command_is_forgotten(place):
    text = place.proposals("help").out
    listed = re.findall(r"(?m)^  ([a-z]+)\b", text.split("选项：")[0])
    for name in listed:
        if name not in COMMANDS:
            raise Failed("    no sweep for the command " + name)
    for name in COMMANDS:
        if name not in listed:
            raise Failed("    no such command any more: " + name)
    place.tried("%d shell commands of the help", len(listed))


def no_failing_call_ends_a_command_badly(place):
    prepare(place)
    jobs = [(place.build, place.dir, command, kind, mode, 1, None)
            for command in swept(place)
            for kind in MODES if kind != "malloc" for mode in MODES[kind]]
    jobs += [(place.build, place.dir, command, kind, "once", 1, error)
             for command in (swept(place) if place.long else ())
             for kind, errors in ERRORS.items() for error in errors]
    points = sweep_all(place, jobs)
    place.tried("%s failing calls of %d commands (write, sync, open, mmap, "
                "size, name, read, lock, other; once, from then on, short, "
                "interrupted, killed, late): 0 signals, 0 hangs, 0 bad",
                "{:,}".format(points), len(COMMANDS))


def no_lack_of_memory_ends_a_command_badly(place):
    """Reading the configuration is the same for all: it is swept once, but in
    `long`, and there the real one as well. A command without its words ends
    right after it; one that allocates less (init) does not read it."""
    prepare(place)
    bare = Sweep(place.another(), place.store, Command("show", status=2))
    read = 1 if place.long else bare.count("malloc") - 20
    bare.place.close()
    jobs = [(place.build, place.dir, command, "malloc", mode,
             1 if i == 0 else read, None)
            for i, command in enumerate(swept(place))
            for mode in MODES["malloc"]]
    if place.long:
        jobs.append((place.build, place.dir, Command(
            "--config", os.path.join(ROOT, "proposals.yaml.example"), "list"),
            "malloc", "once", 1, None))
    points = sweep_all(place, jobs)
    place.tried("%s failing allocations of %d commands (once, from then on): "
                "0 signals, 0 hangs, 0 bad", "{:,}".format(points),
                len(COMMANDS))


def what_the_c_library_calls_may_fail_too(place):
    prepare(place)
    ways = [("write", "error=ENOSPC"), ("write", "error=EINTR"),
            ("write", "signal=SIGKILL"),
            ("read", "error=EIO"), ("openat", "error=ENFILE")]
    jobs = [(place.build, place.dir, command, "strace", way, 1, None)
            for command in swept(place)
            for way in (ways if place.long else ways[:1])]
    points = sweep_all(place, jobs)
    place.tried("%s failing system calls, stdio's included (strace): "
                "0 signals, 0 hangs, 0 bad", "{:,}".format(points))
