"""Backups of an installation: the timer's service, and who may."""
import ctypes
import fcntl
import os
import re
import shutil
import stat
import subprocess

from cases_doctor import mounted
from installation import SEED, Skipped, call, equal

UNITS = "lib/systemd/system"


def _unit(site, name):
    with open(os.path.join(site.prefix, UNITS, name)) as file:
        return file.read()


def _setting(text, name):
    return re.search("^%s=(.*)$" % name, text, re.M)[1]


def the_units_have_the_places_of_this_installation(site):
    service = _unit(site, "proposals-backup.service")
    timer = _unit(site, "proposals-backup.timer")
    equal(re.findall("@[A-Z]+@", service + timer), [])
    equal(_setting(service, "ExecStart"), "%s backup --rotate %s" %
          (site.program, site.backups))
    equal(_setting(service, "Group"), site.group)
    equal(_setting(service, "ReadWritePaths"),
          site.store + " " + site.backups)
    equal(_setting(timer, "OnCalendar"), "*-*-* 02:30:00")
    if shutil.which("systemd-analyze"):
        for name in ("proposals-backup.service", "proposals-backup.timer"):
            ran = subprocess.run(
                ["systemd-analyze", "verify", "--man=no",
                 os.path.join(site.prefix, UNITS, name)],
                stdin=subprocess.DEVNULL, text=True, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT)
            ours = [line for line in ran.stdout.splitlines()
                    if "proposals" in line]
            equal((ran.returncode, ours), (0, []), name)


def _as_the_service(site):
    """What systemd does before it runs the command, as far as it matters."""
    pr_set_no_new_privs, pr_capbset_drop = 38, 24
    libc = ctypes.CDLL(None)
    group = os.stat(site.store).st_gid

    def prepare():
        os.setgroups([])
        os.setgid(group)
        for capability in range(64):
            libc.prctl(pr_capbset_drop, capability, 0, 0, 0)
        libc.prctl(pr_set_no_new_privs, 1, 0, 0, 0)
        os.umask(0o077)
    return prepare


def the_service_makes_a_backup_without_new_privileges(site):
    site.staffed()
    # Files of the store that belong to somebody else, as a restore makes them.
    admin = site.users["admin"]
    for name in ("data.mdb", "session.lock"):
        os.chown(os.path.join(site.store, name), admin.pw_uid, -1)
    service = _unit(site, "proposals-backup.service")
    words = _setting(service, "ExecStart").split()
    env = dict(word.split("=", 1)
               for word in _setting(service, "Environment").split())
    ran = site.tool("root", *words, env=env, preexec_fn=_as_the_service(site))
    equal(ran.status, 0, str(ran))
    ran.says("已备份到", "提案 10 件", "历史校验值")
    names = sorted(os.listdir(site.backups))
    equal(len(names), 2, names)
    for name in names:
        info = os.stat(os.path.join(site.backups, name))
        equal((stat.S_IMODE(info.st_mode), info.st_uid), (0o600, 0), name)
        os.unlink(os.path.join(site.backups, name))


def an_administrator_backs_up_and_root_restores(site):
    site.staffed()
    for person in ("viewer", "editor", "stranger"):
        for words in (["backup", site.home(person, "b.mdb")], ["compact"]):
            site.run(person, *words, status=5)
        equal(os.path.exists(site.home(person, "b.mdb")), False)
    path = site.home("admin", "b.mdb")
    site.run("admin", "backup", path)
    equal(site.modes(path).split(":")[0],
          "600 " + site.users["admin"].pw_name)
    shutil.copy(path, site.home("editor", "c.mdb"))
    os.chmod(site.home("editor", "c.mdb"), 0o644)
    os.chmod(site.home("editor"), 0o711)
    before = site.content()
    site.run("editor", "status", "已答复", "4")
    for person in ("viewer", "editor", "admin", "stranger"):
        site.run(person, "restore", site.home("editor", "c.mdb"), status=5) \
            .says("root" if person != "stranger" else "")
    equal(site.status_of(4), "answered")
    site.run("root", "restore", path)
    equal(site.content(), before)
    for name in os.listdir(site.store):
        equal(site.modes(os.path.join(site.store, name))[:4], "660 ", name)
        equal(os.stat(os.path.join(site.store, name)).st_gid,
              os.stat(site.store).st_gid, name)
    site.run("editor", "status", "已答复", "4")
    site.run("admin", "compact", status=5)
    site.run("root", "compact")
    site.run("viewer", "list")


def a_backup_goes_where_the_person_may_write_and_nowhere_else(site):
    site.staffed()
    for path in (os.path.join(site.store, "b.mdb"),
                 os.path.join(site.backups, "b.mdb"),
                 site.home("editor", "b.mdb")):
        site.run("admin", "backup", path, status=2).says("没有权限")
        equal(os.path.exists(path), False)
    site.run("admin", "backup", "--rotate", site.backups, status=2)
    site.run("admin", "backup", "--rotate", site.store, status=2)
    site.run("root", "restore", site.file("editor", "x", b"x"), status=4)


def the_last_line_of_defence_is_root(site):
    """A store that cannot be opened is root's to restore, and his alone."""
    site.staffed()
    path = site.home("admin", "root.mdb")
    site.run("admin", "backup", path)
    before = site.content()
    with open(os.path.join(site.store, "data.mdb"), "r+b") as file:
        file.write(b"\0" * 8192)
    site.run("admin", "restore", path, status=5).says("root")
    site.run("root", "restore", path)
    equal(site.content(), before)
    for name in os.listdir(site.store):
        os.remove(os.path.join(site.store, name))
    site.run("admin", "restore", path, status=5)
    equal(os.listdir(site.store), [])
    site.run("root", "restore", path)
    equal(site.content(), before)
    site.run("editor", "status", "已答复", "4")


def an_export_brings_roles_and_their_history_along(site):
    site.staffed()
    site.run("editor", "status", "已答复", "4")
    site.run("root", "user", "role", site.users["viewer"].pw_name, "编辑")
    site.run("root", "user", "remove", site.users["editor"].pw_name)
    for person in ("viewer", "editor", "stranger"):
        site.run(person, "export", site.home(person, "e.jsonl"), status=5)
        site.run(person, "export", "-", status=5)
    path = site.home("admin", "e.jsonl")
    site.run("admin", "export", path)
    equal(site.modes(path).split(":")[0],
          "600 " + site.users["admin"].pw_name)
    copy = site.home("admin", "exported.mdb")
    site.run("admin", "backup", copy)
    before = site.content()
    # Only where there is nothing yet, and only root is anybody there.
    site.run("admin", "import", path, status=5)
    site.run("root", "import", path, status=5).says("init --system")
    site.empty()
    site.run("admin", "import", path, status=5)
    site.run("root", "import", path)
    equal(site.content(), before)
    site.run("admin", "check", "--compare", copy).prints("完全相同")
    site.run("editor", "list", status=5)
    site.run("viewer", "status", "已办结", "4")


def an_export_may_follow_the_first_administrator(site):
    site.staffed()
    path = site.home("admin", "f.jsonl")
    site.run("admin", "export", path)
    before = site.content()
    site.empty()
    site.run("root", "user", "add", site.users["admin"].pw_name, "管理")
    site.run("admin", "import", path, status=5).says("root")
    site.run("root", "import", path)
    equal(site.content(), before)
    equal(len([name for name in os.listdir(site.store)
               if name.startswith("data.mdb.replaced-")]), 1)


def an_administrator_compares_and_root_repairs(site):
    site.staffed()
    copy = site.home("admin", "c.mdb")
    site.run("admin", "backup", copy)
    os.chmod(copy, 0o644)
    os.chmod(site.home("admin"), 0o711)
    for person in ("viewer", "editor", "stranger"):
        site.run(person, "check", "--compare", copy, status=5)
        site.run(person, "check", "--repair", status=5)
    site.run("admin", "check", "--compare", copy).prints("完全相同")
    site.run("admin", "check", "--compare", site.store, status=2)
    site.run("admin", "check", "--repair", status=5).says("root")
    site.run("root", "check", "--repair").says("没有发现问题")


def what_one_person_had_comes_to_many_as_an_export(site):
    """A store without roles would let nobody in."""
    plain, own = os.path.join(site.build, "proposals"), site.path("own")
    for words in (["init", own], ["import", SEED], ["backup", own + ".mdb"],
                  ["export", own + ".jsonl"]):
        ran = site.tool("root", plain, *words, env={"PROPOSALS_STORE": own})
        equal(ran.status, 0, str(ran))
    site.empty()
    site.run("root", "restore", own + ".mdb", status=5).says("角色", "import")
    site.run("viewer", "list", status=5).says("还不是本系统的用户")
    site.run("root", "import", own + ".jsonl").says("提案 10 件")
    site.run("viewer", "list", status=5).says("还不是本系统的用户")
    site.run("root", "user", "add", site.users["viewer"].pw_name, "查看")
    equal(len(site.run("viewer", "list").lines), 10)
    site.run("root", "check").prints("没有发现问题")
    site.run("root", "check", "--compare", own + ".mdb", status=1)


def a_lock_on_a_file_of_the_same_number_elsewhere_keeps_nobody_out(site):
    """The kernel's list of locks tells the number of a file, and not always
    the disk."""
    plain = os.path.join(site.build, "proposals")
    with mounted(site, "mode=755") as point:
        store, elsewhere = point + "/store", point + "/elsewhere"
        equal(site.tool("root", plain, "init", store).status, 0)
        number = os.stat(store + "/lock.mdb").st_ino
        os.mkdir(elsewhere)
        call("mount", "-t", "tmpfs", "none", elsewhere)
        try:
            same = _file_of_number(elsewhere, number)
            with open(same, "w") as file:
                fcntl.lockf(file, fcntl.LOCK_EX)
                ran = site.tool("root", plain, "--store", store, "compact")
                equal(ran.status, 0, str(ran))
        finally:
            call("umount", elsewhere)


def _file_of_number(folder, number):
    for i in range(number + 1):
        path = os.path.join(folder, str(i))
        with open(path, "w"):
            pass
        if os.stat(path).st_ino == number:
            return path
    raise Skipped("no file of the number %d" % number)
