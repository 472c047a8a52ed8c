"""
Every role, every command, every phase: what is allowed is done and is that
person's, what is not leaves nothing but a sentence. The commands are those of
the program's own help, so that none can be forgotten here.
"""
import json
import os
import re

import screen
from installation import ROOT, Failed, equal

RANK = {"stranger": 0, "viewer": 1, "editor": 2, "admin": 3, "root": 4}
STRANGER, VIEWER, EDITOR, ADMIN, ALMIGHTY, NOBODY = range(6)

# A status of each phase, a step that the workflow names, one that it does not.
PHASES = {
    "intake": ("received", "review", "closed"),
    "review": ("review", "filed", "closed"),
    "filed": ("filed", "waiting", "closed"),
    "assigned": ("waiting", "handling", "closed"),
    "handling": ("handling", "answered", "closed"),
    "answered": ("answered", "closed", "received"),
    "closed": ("closed", "followup", "received"),
    "merged": ("merged", "filed", "closed"),
    "dropped": ("returned", "review", "closed"),
}
ENDED = ("closed", "merged", "dropped")     # their content is for 管理 alone


class Cell:
    """One command in one situation, and the least role that it asks for."""

    def __init__(self, command, what, least, words, writes=False, stdin=None,
                 before=None, statuses=(0,)):
        self.command, self.what, self.least = command, what, least
        self.words, self.writes, self.stdin = words, writes, stdin
        self.before = before        # (site, person): what stands in the words
        self.statuses = statuses    # when allowed


class Numbers:
    """A proposal of its own for each cell of each person."""

    def __init__(self):
        self.rows, self.last = [], 1000

    def fresh(self, status):
        self.last += 1
        self.rows.append({"number": self.last, "status": status,
                          "title": "关于第%d件事的建议" % self.last})
        return self.last

    def unused(self):
        self.last += 1
        return self.last


def line(**fields):
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _last_batch(site):
    rows = site.run("root", "batches", "--limit", "1", "--json").rows()
    return rows[0]


def batch_of(person, *words, stdin=None):
    """A batch that this person makes; its number stands for {}."""
    def make(site, _):
        site.run(person, *words, stdin=stdin)
        return str(_last_batch(site)["batch"])
    return make


def status_cells(numbers):
    for phase, (status, step, leap) in PHASES.items():
        yield Cell("status", "a step from " + phase, EDITOR,
                   ["status", step, str(numbers.fresh(status))], True)
        yield Cell("status", "forced from " + phase, ADMIN,
                   ["status", leap, str(numbers.fresh(status)), "--force"],
                   True)
        yield Cell("status", "a step only tried from " + phase, EDITOR,
                   ["status", step, str(numbers.fresh(status)), "--dry-run"])


def import_cells(numbers):
    for phase, (status, step, leap) in PHASES.items():
        ended = phase in ENDED
        yield Cell("import", "a new one in " + phase, EDITOR, ["import", "-"],
                   True, line(number=numbers.unused(), title="新的",
                              status=status))
        yield Cell("import", "another title in " + phase,
                   ADMIN if ended else EDITOR, ["import", "-"], True,
                   line(number=numbers.fresh(status), title="改了的"))
        yield Cell("import", "a status by a step from " + phase,
                   ADMIN if ended else EDITOR, ["import", "-"], True,
                   line(number=numbers.fresh(status), status=step))
        yield Cell("import", "another title only tried in " + phase,
                   ADMIN if ended else EDITOR, ["import", "-", "--dry-run"],
                   False, line(number=numbers.fresh(status), title="改了的"))


def undo_cells(person, numbers):
    own = person if RANK[person] >= EDITOR else "root"
    for phase, (status, step, _) in PHASES.items():
        yield Cell("undo", "one's own step from " + phase, EDITOR,
                   ["undo", "{}"], True, before=batch_of(
                       own, "status", step, str(numbers.fresh(status))))
        yield Cell("undo", "somebody else's step from " + phase, ADMIN,
                   ["undo", "{}"], True, before=batch_of(
                       "root" if person != "root" else "admin",
                       "status", step, str(numbers.fresh(status))))
        yield Cell("undo", "one's own new one in " + phase,
                   ADMIN if phase in ENDED else EDITOR, ["undo", "{}"], True,
                   before=batch_of(own, "import", "-", stdin=line(
                       number=numbers.unused(), title="新的", status=status)))


def _user_cells(site):
    name = site.users["stranger"].pw_name
    yield Cell("user", "list", VIEWER, ["user", "list"])
    yield Cell("user", "add", ADMIN, ["user", "add", name, "viewer"], True)
    yield Cell("user", "role", ADMIN, ["user", "role", name, "editor"], True)
    yield Cell("user", "remove", ADMIN, ["user", "remove", name], True)
    yield Cell("user", "give oneself a role", ADMIN,
               ["user", "add", name, "管理"], True)
    yield Cell("user", "take it back", ADMIN, ["user", "remove", name], True)


def _copy_for(site, person):
    """A backup of this moment that is this person's own file."""
    path = site.home(person, "copy.mdb")
    if os.path.exists(path):
        os.remove(path)
    site.run("root", "backup", path)
    os.chown(path, site.users[person].pw_uid, -1)
    return path


def keep_cells(site, person):
    folder = site.home(person, "rotated")
    os.makedirs(folder, exist_ok=True)
    os.chown(folder, site.users[person].pw_uid, -1)
    yield Cell("backup", "a file", ADMIN,
               ["backup", site.home(person, "mine.mdb")])
    yield Cell("backup", "a folder", ADMIN, ["backup", "--rotate", folder])
    yield Cell("export", "everything", ADMIN, ["export", "-"])
    yield Cell("restore", "this moment", ALMIGHTY, ["restore", "{}"],
               before=_copy_for)
    yield Cell("compact", "compact", ALMIGHTY, ["compact"])


def other_cells(person):
    for words in (["list"], ["list", "--json", "status=handling"],
                  ["show", "1001"], ["history", "1001"], ["batches"],
                  ["batches", "1"], ["count", "status"], ["check"],
                  ["report", "review"]):
        yield Cell(words[0], " ".join(words), VIEWER, words, statuses=(0, 1))
    yield Cell("help", "help", STRANGER, ["help"])
    # Views are everybody's own, and no part of the register.
    yield Cell("views", "views", STRANGER, ["views"])
    yield Cell("view", "delete", STRANGER, ["view", "delete", "没有的"],
               statuses=(1,))
    yield Cell("doctor", "doctor", STRANGER, ["doctor"])
    # There is one already; who may not make it is not even told that.
    yield Cell("init", "init", NOBODY, ["init", "--system"])


def cells(site, person, numbers):
    for group in (status_cells(numbers), import_cells(numbers),
                  undo_cells(person, numbers), _user_cells(site),
                  keep_cells(site, person), other_cells(person)):
        yield from group


def _commands(site):
    """The sub-commands that the program's own help lists."""
    text = site.run("stranger", "help").out.split("命令：\n")[1]
    return set(re.findall(r"(?m)^  ([a-z-]+)", text.split("\n\n")[0]))


def play(site, person, cell):
    words = cell.words
    if cell.before:
        made = cell.before(site, person)
        words = [word.replace("{}", made) for word in words]
    before = _last_batch(site)["batch"]
    ran = site.run(person, *words, stdin=cell.stdin, status=None)
    after = _last_batch(site)
    if RANK[person] < cell.least:
        if ran.status != 5:
            ran.fail("is not refused")
        if after["batch"] != before:
            ran.fail("writes all the same")
        if cell.least <= ADMIN:
            ran.says("还不是本系统的用户" if person == "stranger" else "只有")
        if person == "stranger" and ran.out:
            ran.fail("shows something")
        return
    if ran.status not in cell.statuses:
        ran.fail("is refused")
    if not cell.writes and after["batch"] != before:
        ran.fail("writes")
    if cell.writes and (after["batch"], after["uid"]) != \
            (before + 1, site.users[person].pw_uid):
        ran.fail("does not write, or not as this person: %r" % after)


def every_role_may_do_what_the_table_says_and_no_more(site):
    site.staffed()
    numbers = Numbers()
    plan = [(person, cell) for person in RANK
            for cell in cells(site, person, numbers)]
    equal({cell.command for _, cell in plan}, _commands(site), "commands")
    site.run("root", "import", "-", stdin="".join(
        line(**row) for row in numbers.rows))
    failures = []
    for person, cell in plan:
        try:
            play(site, person, cell)
        except Failed as failure:
            failures.append("    %s, %s: %s\n%s" % (
                person, cell.command, cell.what, failure))
    allowed = sum(RANK[person] >= cell.least for person, cell in plan)
    print("tried: %d cells of role, command and phase: %d allowed, %d refused"
          % (len(plan), allowed, len(plan) - allowed))
    if failures:
        raise Failed("\n".join(failures))
    for person in RANK:
        equal(os.path.exists(site.home(person, "mine.mdb")),
              RANK[person] >= ADMIN, person)
        equal(bool(os.listdir(site.home(person, "rotated"))),
              RANK[person] >= ADMIN, person)
    site.run("root", "check")


def the_workflow_binds_every_role_without_force(site):
    site.staffed()
    numbers = Numbers()
    tried = [(person, leap, numbers.fresh(status))
             for status, _, leap in PHASES.values()
             for person in ("editor", "admin", "root")]
    site.run("root", "import", "-", stdin="".join(
        line(**row) for row in numbers.rows))
    for person, leap, number in tried:
        site.run(person, "status", leap, str(number), status=5)


def one_that_is_not_allowed_stops_no_other_but_is_named(site):
    site.staffed()
    numbers = Numbers()
    open_, ended = numbers.fresh("handling"), numbers.fresh("closed")
    site.run("root", "import", "-", stdin="".join(
        line(**row) for row in numbers.rows))
    ran = site.run("editor", "import", "-", status=5, stdin=line(
        number=open_, title="甲") + line(number=ended, title="乙"))
    ran.says("第 2 行", "已办结", "管理")
    rows = {row["number"]: row["title"]
            for row in site.run("root", "list", "--json").rows()}
    equal((rows[open_], rows[ended] == "乙"), ("甲", False))


def read_only_refuses_whoever_it_is(site):
    site.staffed()
    for person in ("editor", "admin", "root"):
        for words in (["status", "已答复", "4"], ["undo"], ["import", "-"],
                      ["user", "remove", site.users["viewer"].pw_name]):
            site.run(person, "--read-only", *words, status=5).says("只读")
        site.run(person, "--read-only", "list")
        site.run(person, "--read-only", "user", "list")


# -- at the screen

def _screen_commands():
    """(name, key, action, where) of all that ask for a role at the screen, by
    the table in the source."""
    row = re.compile(r'\{"([a-z-]+)", *"([^"]+)",.*, ([A-Z|]+), '
                     r'ACTION_([A-Z_]+), run_')
    with open(os.path.join(ROOT, "tui/app/command_table.c")) as file:
        found = [row.search(line) for line in file]
    for match in found:
        if not match or match[4] in ("NONE", "READ"):
            continue
        for key in match[2].split():
            yield (match[1], re.sub("^Ctrl-(.)$", lambda m: "<C-%s>" %
                                    m[1].lower(), re.sub(
                                        "^(F[0-9]+)$", r"<\1>", key)),
                   match[4], match[3])


def the_interface_refuses_by_the_same_call(site):
    """Every key of every command that asks for more than to look."""
    site.staffed()
    before = site.content()
    tried = 0
    with screen.Terminal(site, "viewer") as terminal:
        terminal.until("F1/? 帮助")
        terminal.until(site.users["viewer"].pw_name + " 查看")
        for name, key, _, where in _screen_commands():
            if "L" not in where.split("|"):
                terminal.keys("<C-g>")
                terminal.until("导入")
            terminal.keys(key)
            terminal.until("只有“编辑”以上可以")
            terminal.keys("<Esc>")
            terminal.until_gone("只有“")
            tried += 1
        equal("改状态" in terminal.screen.lines()[-1], False, "the hint bar")
        terminal.keys("<F2>")
        terminal.until("历史")
    equal(tried >= 8, True, tried)
    print("tried: %d keys that a viewer is refused at the screen" % tried)
    equal(site.content(), before)


def the_interface_lets_an_editor_do_what_he_may(site):
    site.staffed()
    with screen.Terminal(site, "editor") as terminal:
        terminal.until(site.users["editor"].pw_name + " 编辑")
        terminal.keys("4", "<Enter>", "<Esc>", "<F6>")
        terminal.until("已答复")
        terminal.keys("a")
        terminal.until("可执行")
        terminal.keys("y")
        terminal.until("已保存：办理中 → 已答复")
    equal(site.status_of(4), "answered")
    equal(_last_batch(site)["uid"], site.users["editor"].pw_uid)


def an_action_for_another_role_is_shown_as_such_in_the_preview(site):
    site.staffed()
    batch = _last_batch(site)["batch"]
    with screen.Terminal(site, "editor") as terminal:
        terminal.until("F1/? 帮助")
        terminal.keys("<C-g>")
        terminal.until("导入")
        terminal.keys("<F6>")
        terminal.until("只有“管理”可以撤销他人的批次")
        terminal.keys("y", "<Esc>")
    equal(_last_batch(site)["batch"], batch)


def strangers_get_a_sentence_and_no_screen(site):
    site.staffed()
    with screen.Terminal(site, "stranger") as terminal:
        said = terminal.whole()
        equal("还不是本系统的用户" in said, True, said)
        equal("关于" in said, False, said)


def a_revoked_role_counts_at_the_next_commit(site):
    """Before the next look: the store itself says no."""
    site.staffed()
    name = site.users["editor"].pw_name
    with screen.Terminal(site, "editor") as terminal:
        terminal.until("F1/? 帮助")
        terminal.keys("4", "<Enter>", "<Esc>", "<F6>", "a")
        terminal.until("可执行")
        # The key stands in the queue before the program can look again.
        os.kill(terminal.process.pid, 19)
        site.run("root", "user", "role", name, "查看")
        os.write(terminal.fd, b"y")
        os.kill(terminal.process.pid, 18)
        terminal.until("只有“编辑”以上可以")
    equal(site.status_of(4), "handling")


def a_revoked_role_counts_at_the_next_look(site):
    site.staffed()
    name = site.users["editor"].pw_name
    with screen.Terminal(site, "editor") as terminal:
        terminal.until(name + " 编辑")
        site.run("root", "user", "role", name, "查看")
        terminal.until(name + " 查看")
        site.run("root", "user", "remove", name)
        terminal.until("还不是本系统的用户")
        terminal.whole()
        equal(terminal.process.wait(60), 5)
    with screen.Terminal(site, "viewer") as terminal:
        terminal.until("查看")
        site.run("root", "user", "role", site.users["viewer"].pw_name, "编辑")
        terminal.until(site.users["viewer"].pw_name + " 编辑")
