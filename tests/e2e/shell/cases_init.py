"""init, and finding the store."""
import os
import stat

from desk import NUMBERS, equal


def makes_a_store_that_is_sound_and_empty(desk):
    desk.run("init", desk.store).empty().says(desk.store, "提案库")
    desk.run("check").prints("提案 0 件", "没有发现问题")
    desk.run("list", status=1).empty().says("没有")
    desk.run("batches", status=1).empty().says("还没有任何批次")


def the_store_is_not_for_everybody(desk):
    desk.empty()
    for name in ("", "data.mdb", "lock.mdb", "session.lock", "write.gate"):
        mode = os.stat(os.path.join(desk.store, name)).st_mode
        equal(mode & stat.S_IRWXO, 0, name or "folder")


def refuses_where_a_store_is_and_leaves_it_alone(desk):
    desk.seeded()
    desk.run("init", desk.store, status=5).says(desk.store, "已经有")
    equal(desk.numbers(), NUMBERS)


def moves_in_beside_other_files(desk):
    os.mkdir(desk.path("full"))
    desk.file("full/note", "x")
    desk.run("init", "full")
    desk.run("--store", "full", "check")
    equal(sorted(os.listdir(desk.path("full"))),
          ["data.mdb", "lock.mdb", "note", "session.lock", "write.gate"])


def an_existing_empty_folder_will_do(desk):
    os.mkdir(desk.store)
    desk.run("init", desk.store)
    desk.run("check")


def names_the_folder_that_cannot_be_made(desk):
    desk.file("file", "x")
    os.symlink("nowhere", desk.path("dangling"))
    os.symlink("loop", desk.path("loop"))
    for dir in ("file", "file/below", "missing/below", "/proc/below",
                "/dev/null", "dangling", "loop", "x" * 300, "y/" * 3000):
        ran = desk.run("init", dir, status=4).empty()
        ran.says(dir[:20])


def a_folder_of_somebody_else_is_refused(desk):
    if os.geteuid() == 0:
        return      # root may write everywhere
    os.mkdir(desk.path("locked"), 0o555)
    desk.run("init", "locked", status=4).says("locked", "权限")
    desk.run("init", "locked/new", status=4).says("locked/new", "权限")


def wants_exactly_one_folder(desk):
    for words in ([], ["a", "b"], [""]):
        desk.run("init", *words, status=2).empty()
    equal(os.path.exists(desk.path("a")), False)


def control_characters_in_a_path_are_told_visibly(desk):
    ran = desk.run("init", "no/\x1b[31mred", status=4)
    ran.says("^[")


def the_store_comes_from_the_option_then_the_environment_then_home(desk):
    desk.seeded()
    desk.run("init", "other")
    desk.run("--store", "other", "list", status=1)
    desk.run("list", "--store=other", status=1)
    equal(len(desk.run("list").lines), 10)
    data = desk.path("data")
    os.mkdir(data)
    desk.run("init", data + "/proposals")
    desk.run("list", status=1, env={"PROPOSALS_STORE": None,
                                    "XDG_DATA_HOME": data})
    os.makedirs(desk.path(".local/share"))
    os.rename(desk.store, desk.path(".local/share/proposals"))
    for env in ({"PROPOSALS_STORE": None}, {"PROPOSALS_STORE": ""},
                {"PROPOSALS_STORE": None, "XDG_DATA_HOME": "relative"}):
        equal(len(desk.run("list", env=env).lines), 10)


def an_empty_store_option_is_a_slip_and_not_the_default(desk):
    desk.seeded()
    desk.run("list", "--store=", status=2).empty().says("--store")
    desk.run("list", "--session=", status=2).empty().says("--session")
    desk.run("list", "--config=", status=2).empty().says("--config")


def without_a_home_the_store_must_be_named(desk):
    env = {"PROPOSALS_STORE": None, "HOME": None}
    desk.run("list", status=2, env=env).empty().says("--store")
    desk.seeded()
    ran = desk.run("--store", desk.store, "list", env=env).silent()
    equal(len(ran.lines), 10)


def a_missing_store_is_named_and_so_is_the_way_to_make_one(desk):
    for words in (["list"], ["show", "1"], ["status", "已答复", "1"],
                  ["history", "1"], ["batches"], ["undo"], ["check"],
                  ["count", "status"], ["report", "review"]):
        ran = desk.run(*words, status=4).empty()
        ran.says(desk.store, "init")
    desk.run("import", "-", stdin=desk.seed(), status=4).says(desk.store)
    equal(os.path.exists(desk.store), False)


def what_is_no_store_is_not_opened(desk):
    os.mkdir(desk.store)
    desk.checked = False
    for content in (b"", b"x", b"\0" * 8192, os.urandom(65536)):
        desk.file("store/data.mdb", content)
        desk.run("list", status=4).empty().says("data.mdb")
        desk.run("status", "已答复", "1", status=4).empty()
    os.unlink(desk.path("store/data.mdb"))
    os.mkdir(desk.path("store/data.mdb"))
    desk.run("list", status=4).empty()
    os.rmdir(desk.path("store/data.mdb"))
    os.mkfifo(desk.path("store/data.mdb"))
    desk.run("list", status=4).empty()


def a_store_that_was_cut_off_is_refused(desk):
    desk.seeded()
    desk.checked = False
    with open(desk.path("store/data.mdb"), "r+b") as file:
        file.truncate(3 * 4096)
    desk.run("list", status=4).empty().says("备份")


def a_damaged_store_is_told_by_check(desk):
    desk.seeded()
    desk.checked = False
    with open(desk.path("store/data.mdb"), "r+b") as file:
        data = bytearray(file.read())
        word = "虹霓".encode()
        at = data.find(word)
        while at >= 0:
            data[at:at + len(word)] = "长虹".encode()
            at = data.find(word, at)
        file.seek(0)
        file.write(data)
    ran = desk.run("check", status=4)
    ran.says("173")
