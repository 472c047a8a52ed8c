"""backup, restore, compact."""
import os
import re
import resource
import stat
import subprocess
import time

from desk import Failed, NUMBERS, equal

HEAD = re.compile("历史校验值 ([0-9a-f]{64})")


def _head(ran):
    found = HEAD.search(ran.err)
    if not found:
        ran.fail("no head")
    return found[1]


def _look(desk, store):
    """Everything that the shell tells of a store."""
    return [desk.run("--store", store, *words).out
            for words in (["list", "--json"], ["batches", "--json"],
                          ["show", "4"], ["history", "4", "--json"],
                          ["check"])]


def _change(of):
    of.seeded()
    of.run("status", "已答复", "4、17", "--note", "平政协〔2024〕5号")
    of.run("undo")


def _entries(of):
    return sorted(os.listdir(of.store))


def a_backup_is_whole_and_for_one_person(desk):
    _change(desk)
    ran = desk.run("backup", "b.mdb").empty()
    ran.says("b.mdb", "提案 10 件", "历史 14 条", "批次 3 个", "已通读检查")
    info = os.stat(desk.path("b.mdb"))
    equal(stat.S_IMODE(info.st_mode), 0o600)
    equal(info.st_nlink, 1)
    want = _look(desk, desk.store)
    desk.run("--store", "other", "restore", "b.mdb")
    equal(_look(desk, "other"), want)
    equal(_head(desk.run("--store", "other", "backup", "c.mdb")), _head(ran))


def a_backup_takes_the_place_of_nothing(desk):
    desk.seeded()
    desk.file("mine", "mine")
    os.mkdir(desk.path("folder"))
    os.symlink("nowhere", desk.path("link"))
    os.mkfifo(desk.path("pipe"))
    before = sorted(os.listdir(desk.dir))
    for name in ("mine", "folder", "link", "pipe", "/dev/null", "/dev/stdout",
                 "."):
        desk.run("backup", name, status=5).empty().says(name, "已经有了")
    for name in ("no/b.mdb", "mine/b.mdb", "new/", "n" * 300, "p/" * 3000):
        desk.run("backup", name, status=2).empty().says(name[:100])
    for words in ([], ["a", "b"], ["-"], [""], ["a", "--rotate", "folder"]):
        desk.run("backup", *words, status=2).empty()
    equal(sorted(os.listdir(desk.dir)), before)
    with open(desk.path("mine")) as file:
        equal(file.read(), "mine")


def a_backup_that_does_not_fit_leaves_nothing(desk):
    desk.seeded()

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    before = sorted(os.listdir(desk.dir))
    desk.run("backup", "b.mdb", status=4, preexec_fn=small).empty() \
        .says("b.mdb")
    os.mkdir(desk.path("d"))
    desk.run("backup", "--rotate", "d", status=4, preexec_fn=small).empty()
    equal(os.listdir(desk.path("d")), [])
    os.rmdir(desk.path("d"))
    equal(sorted(os.listdir(desk.dir)), before)


def a_damaged_store_gives_no_backup(desk):
    desk.seeded()
    desk.checked = False
    _damage(desk.path("store/data.mdb"), "虹霓", "长虹")
    before = sorted(os.listdir(desk.dir))
    desk.run("backup", "b.mdb", status=4).empty().says("173", "问题")
    equal(sorted(os.listdir(desk.dir)), before)


def every_backup_under_full_load_is_whole(desk):
    desk.empty()
    desk.lines(*({"number": n, "title": "题%d" % n, "status": "handling"}
                 for n in range(1, 201)))
    loop = ('for i in 1 2 3 4 5 6 7 8; do'
            ' "$0" status 已答复 "$1" --force; "$0" status 办理中 "$1" --force;'
            ' done')
    writers = [subprocess.Popen(
        ["sh", "-c", loop, desk.program, "%d-%d" % (50 * i + 1, 50 * i + 50)],
        env=desk.env, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        for i in range(4)]
    made = 0
    while made < 50 and (made < 8 or
                         any(one.poll() is None for one in writers)):
        made += 1
        desk.run("backup", "b%d.mdb" % made)
    for writer in writers:
        writer.communicate(timeout=60)
        equal(writer.returncode, 0)
    batches = []
    for i in range(1, made + 1):
        desk.run("--store", "s%d" % i, "restore", "b%d.mdb" % i)
        out = desk.run("--store", "s%d" % i, "check").out
        batches.append(int(re.search("批次 (\\d+) 个", out)[1]))
    equal(batches, sorted(batches), "a later one holds less")
    equal(batches[-1] > batches[0], True, "nobody wrote meanwhile")


def restores_and_keeps_what_was_there(desk):
    _change(desk)
    first = _look(desk, desk.store)
    desk.run("backup", "b.mdb")
    desk.run("status", "已答复", "4")
    second = _look(desk, desk.store)
    ran = desk.run("restore", "b.mdb").empty().says("已恢复", "提案 10 件")
    equal(_look(desk, desk.store), first)
    kept = re.search("restore (data.mdb.replaced-[-0-9]+)$", ran.err, re.M)[1]
    equal(kept, "data.mdb.replaced-2024-11-20-093000")
    ran.says(desk.store + "/" + kept)
    mode = os.stat(os.path.join(desk.store, kept)).st_mode
    equal(stat.S_IMODE(mode), 0o660)
    desk.run("restore", kept)
    equal(_look(desk, desk.store), second)
    desk.run("status", "已答复", "17")


def the_group_may_still_use_what_was_restored(desk):
    desk.seeded()
    desk.run("backup", "b.mdb")
    desk.run("restore", "b.mdb", preexec_fn=lambda: os.umask(0o077))
    desk.run("compact", preexec_fn=lambda: os.umask(0o077))
    for name in _entries(desk):
        mode = os.stat(os.path.join(desk.store, name)).st_mode
        equal(stat.S_IMODE(mode), 0o660, name)


def _damage(path, before, after):
    with open(path, "r+b") as file:
        data = file.read()
        equal(before.encode() in data, True)
        file.seek(0)
        file.write(data.replace(before.encode(), after.encode()))


def what_is_no_sound_backup_is_refused_and_changes_nothing(desk):
    desk.seeded()
    desk.run("backup", "good.mdb")
    desk.run("status", "已答复", "4")
    with open(desk.path("good.mdb"), "rb") as file:
        good = file.read()
    os.mkdir(desk.path("folder"))
    os.mkfifo(desk.path("pipe"))
    entries = _entries(desk)
    want = _look(desk, desk.store)
    for name, content in (("empty", b""), ("word", b"x"),
                          ("zeros", b"\0" * 65536), ("text", desk.seed()),
                          ("cut", good[:-1]), ("half", good[:len(good) // 2]),
                          ("page", good[:4096 * 5]),
                          ("head", b"\0" * 4096 + good[4096:]),
                          ("title", good.replace("虹霓".encode(),
                                                 "长虹".encode()))):
        desk.file(name, content)
        desk.run("restore", name, status=4).empty()
    for name in ("folder", "pipe", "/dev/null"):
        desk.run("restore", name, status=(2, 4)).empty()
    for name in ("missing", "n" * 300, "", "-", "data.mdb.replaced-x"):
        desk.run("restore", name, status=2).empty()
    desk.run("restore", os.path.join(desk.store, "data.mdb"), status=2) \
        .empty().says("正在使用")
    for words in ([], ["a", "b"]):
        desk.run("restore", *words, status=2).empty()
    equal(_look(desk, desk.store), want)
    equal(_entries(desk), entries)
    desk.run("--store", "new", "restore", "half", status=4)
    equal(os.path.exists(desk.path("new")), False)


def is_in(process):
    """The process has the store open, and LMDB's lock."""
    equal(process.poll(), None)
    with open("/proc/locks") as file:
        return re.search(" %d " % process.pid, file.read())


def nothing_is_replaced_under_anybody(desk):
    desk.seeded()
    desk.run("backup", "b.mdb")
    # It waits for its input with the store open.
    other = desk.start("show", "-", stdin=subprocess.PIPE)
    while not is_in(other):
        time.sleep(0.01)
    ran = desk.run("compact", status=6).empty()
    ran.says(desk.store, "正在使用", "进程 %d" % other.pid, "退出")
    if os.getuid() == 0:
        ran.says("root")
    desk.run("restore", "b.mdb", status=6).empty() \
        .says("进程 %d" % other.pid)
    equal([name for name in _entries(desk) if "replaced" in name], [])
    desk.run("backup", "c.mdb")
    ran = desk.judge(desk.end(other, ["show", "-"], b"4\n"), 0)
    ran.prints("第4号")
    desk.run("restore", "b.mdb")


def compact_makes_it_smaller_and_nothing_else(desk):
    desk.empty()
    desk.lines(*({"number": n, "title": "题%d" % n, "body": "正文" * 400}
                 for n in range(1, 301)))
    desk.run("undo")
    desk.lines({"number": 4, "title": "剩下的一件"})
    want = _look(desk, desk.store)
    before = os.stat(desk.path("store/data.mdb")).st_size
    ran = desk.run("compact").empty().says("已压缩", "KiB")
    after = os.stat(desk.path("store/data.mdb")).st_size
    equal(after < before, True)
    equal(_look(desk, desk.store), want)
    equal(len(_entries(desk)), 4)
    equal(_head(desk.run("backup", "b.mdb")), _head(ran))
    desk.run("compact", "x", status=2).empty()


def a_missing_store_is_told(desk):
    desk.run("backup", "b.mdb", status=4).empty().says(desk.store)
    desk.run("compact", status=4).empty().says(desk.store)
    equal(sorted(os.listdir(desk.dir)), [])
    os.mkdir(desk.store)
    desk.run("compact", status=4).empty().says(desk.store)
    equal(os.listdir(desk.store), [])
    os.rmdir(desk.store)


def read_only_means_that_nothing_is_replaced(desk):
    desk.seeded()
    desk.run("--read-only", "backup", "b.mdb")
    desk.run("--read-only", "restore", "b.mdb", status=5).says("只读")
    desk.run("--read-only", "compact", status=5).says("只读")
    equal(desk.numbers(), NUMBERS)


def forty_nights_leave_fourteen_days_and_two_months(desk):
    desk.seeded()
    os.mkdir(desk.path("nights"))
    for night in range(40):
        date = "2024-%02d-%02d" % (11 + night // 30, night % 30 + 1)
        ran = desk.run("backup", "--rotate", "nights",
                       env={"PROPOSALS_NOW": date + "T02:30:00"}).empty()
        ran.says("daily-%s-023000.mdb" % date)
        if night >= 14:
            ran.says("已删去过期的备份 1 份")
    names = sorted(os.listdir(desk.path("nights")))
    equal(len(names), 16)
    equal(names[0], "daily-2024-11-27-023000.mdb")
    equal(names[13:], ["daily-2024-12-10-023000.mdb", "monthly-2024-11.mdb",
                       "monthly-2024-12.mdb"])
    for name in names:
        mode = os.stat(desk.path("nights/" + name)).st_mode
        equal(stat.S_IMODE(mode), 0o600)
    desk.run("--store", "old", "restore", "nights/monthly-2024-11.mdb")
    equal(_look(desk, "old"), _look(desk, desk.store))


def a_folder_for_backups_is_never_made(desk):
    desk.seeded()
    desk.run("backup", "--rotate", "usb", status=2).empty().says("usb")
    desk.run("backup", "--rotate", "store/data.mdb", status=2).empty()
    desk.run("backup", "--rotate", "", status=2).empty()
    equal(os.path.exists(desk.path("usb")), False)


def of_two_backups_at_once_into_one_folder_both_are_whole(desk):
    desk.seeded()
    os.mkdir(desk.path("nights"))
    ran = desk.together([["backup", "--rotate", "nights"]] * 4)
    for one in ran:
        if one.status not in (0, 6):
            one.fail("status")
    if not [one for one in ran if one.status == 0]:
        raise Failed("    nobody got through")
    equal(sorted(os.listdir(desk.path("nights"))),
          ["daily-2024-11-20-093000.mdb", "monthly-2024-11.mdb"])
    desk.run("backup", "--rotate", "nights", status=6).says("刚刚")


# -- check --compare, check --repair

def compares_with_a_backup_and_with_a_folder(desk):
    _change(desk)
    desk.run("backup", "b.mdb")
    desk.run("check", "--compare", "b.mdb").prints("b.mdb 完全相同").silent()
    desk.run("--store", "other", "restore", "b.mdb")
    desk.run("check", "--compare", "other").prints("other 完全相同")
    desk.run("status", "已答复", "4")
    for path in ("b.mdb", "other"):
        ran = desk.run("check", "--compare", path, status=1)
        ran.prints("没有发现问题").says(
            "第4号：状态、修订、批次不同", "批次 4：%s里没有" % path,
            "历史校验值不同", "4 处不同")
    desk.run("check", "--compare", desk.store, status=2).says("自己")
    for path in ("missing", desk.dir, "/dev/null", "", desk.file("x", "x")):
        desk.run("check", "--compare", path, status=(2, 4))
    desk.run("list", "--compare", "b.mdb", status=2).says("--compare")


def _damage_texts(of):
    """A title where it is searched; the record has it as it was."""
    with open(of.path("store/data.mdb"), "r+b") as file:
        data = file.read()
        found = re.search("虹霓[^\n\0]*\n[^\n\0]+\n".encode(), data)
        file.seek(found.start())
        file.write("长虹".encode())


def repair_makes_anew_what_follows_from_the_rest(desk):
    _change(desk)
    desk.run("backup", "b.mdb")
    ran = desk.run("check", "--repair").empty()
    ran.says("没有发现问题", "没有改动")
    equal(len(_entries(desk)), 4)
    _damage_texts(desk)
    desk.run("check", status=4)
    desk.run("check", "--repair", "--compare", "b.mdb", status=2)
    desk.run("--read-only", "check", "--repair", status=5).says("只读")
    ran = desk.run("check", "--repair").empty()
    ran.says("检索文本", "已重建", "提案 10 件", "data.mdb.replaced-")
    equal("备份恢复" in ran.err, False)
    desk.run("check", "--compare", "b.mdb").prints("完全相同")
    equal(desk.numbers("text=虹霓"), [173])
    desk.run("status", "已答复", "173")


def what_only_a_backup_has_is_not_made_up(desk):
    _change(desk)
    desk.checked = False
    _damage(desk.path("store/data.mdb"), "虹霓", "长虹")
    with open(desk.path("store/data.mdb"), "rb") as file:
        before = file.read()
    desk.run("check", "--repair", status=4).empty().says("173", "备份恢复")
    equal(len(_entries(desk)), 4)
    with open(desk.path("store/data.mdb"), "rb") as file:
        equal(file.read() == before, True, "the file")


def repair_needs_everybody_out(desk):
    _change(desk)
    _damage_texts(desk)
    other = desk.start("show", "-", stdin=subprocess.PIPE)
    while not is_in(other):
        time.sleep(0.01)
    desk.run("check", "--repair", status=6).says("进程 %d" % other.pid)
    desk.end(other, ["show", "-"], b"4\n")
    desk.run("check", "--repair")
