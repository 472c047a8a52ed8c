"""doctor: each check in the state that it is there to find."""
import contextlib
import fcntl
import grp
import os
import shutil
import signal
import struct
import subprocess

import screen
from installation import ROOT, SEED, Failed, Skipped, call, equal

FAILED = set()      # checks that some test has seen fail


def look(site, person="root", *words, program=None, wrapper=(), **more):
    """The rows by name; the exit status must fit them."""
    command = [*wrapper, program or site.program, "doctor", "--json", *words]
    ran = site.tool(person, *command, **more)
    rows = {row["check"]: row for row in ran.rows()}
    errors = [row for row in rows.values() if row["result"] == "error"]
    if ran.status != (4 if errors else 0) or bool(ran.err) != bool(errors):
        ran.fail("%d errors" % len(errors))
    FAILED.update(row["check"] for row in rows.values()
                  if row["result"] != "ok")
    return rows


def is_wrong(rows, name, result, *texts):
    row = rows.get(name, {"result": "not there"})
    equal(row["result"], result, name)
    for text in texts:
        if text not in row["found"] + row["do"]:
            raise Failed("    %s does not say %s: %r" % (name, text, row))


@contextlib.contextmanager
def mode(path, bits=None, uid=-1, gid=-1):
    """A file's mode and owner for a while."""
    st = os.lstat(path)
    os.chown(path, uid, gid)
    os.chmod(path, st.st_mode & 0o7777 if bits is None else bits)
    try:
        yield
    finally:
        os.chown(path, st.st_uid, st.st_gid)
        os.chmod(path, st.st_mode & 0o7777)


@contextlib.contextmanager
def mounted(site, options, *files):
    """A file system in memory, with copies of files."""
    point = site.path("mount")
    os.makedirs(point, exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none",
                           point], stderr=subprocess.PIPE, text=True)
    if made.returncode:
        raise Skipped("no mounts here: " + made.stderr.strip())
    try:
        for path in files:
            shutil.copy2(path, point)
        yield point
    finally:
        call("umount", point)


def a_good_installation_has_nothing_wrong(site):
    site.staffed()
    site.run("root", "backup", "--rotate", site.backups)
    outside = {"sshd-force", "sshd-forwarding", "sshd-files", "sshd-alive",
               "sshd-startups", "login", "locale", "shells"}
    for person in site.PEOPLE:
        rows = look(site, person)
        equal([row for row in rows.values() if row["result"] != "ok" and
               row["check"] not in outside], [])
        for name in ("program", "roles", "nosuid", "privileges", "group",
                     "members", "sheet", "config", "folder", "files", "disk",
                     "store", "free", "map", "readers", "writer"):
            equal(rows[name]["result"], "ok", name)
        equal("admins" in rows, person != "stranger", person)
    ran = site.run("root", "doctor")
    equal(len(ran.lines), len(look(site)))
    for line in ran.lines:
        equal(line.split()[0] in ("正常", "注意"), True, line)


def an_old_backup_is_told_to_root(site):
    site.staffed()
    for name in os.listdir(site.backups):
        os.unlink(os.path.join(site.backups, name))
    is_wrong(look(site), "backup", "warning", "还没有备份")
    path = os.path.join(site.backups, "daily-2024-11-20-023000.mdb")
    with open(path, "w"):
        pass
    is_wrong(look(site), "backup", "warning", "2024-11-20")
    equal("backup" in look(site, "admin"), False)
    os.unlink(path)
    os.rename(site.backups, site.backups + ".away")
    try:
        is_wrong(look(site), "backup", "warning", site.backups)
    finally:
        os.rename(site.backups + ".away", site.backups)
    site.run("root", "backup", "--rotate", site.backups)
    equal(look(site)["backup"]["result"], "ok")


def the_program_is_root_s_and_its_group_s(site):
    site.staffed()
    uid = site.users["stranger"].pw_uid
    for how in ({"bits": 0o2775}, {"bits": 0o2757}, {"uid": uid, "bits":
                0o2755}, {"gid": grp.getgrnam("users").gr_gid,
                          "bits": 0o2755}):
        with mode(site.program, **how):
            is_wrong(look(site), "program", "error", "2755")
    with mode(site.sheet, 0o777):
        is_wrong(look(site), "sheet", "warning", "777")
    os.rename(site.sheet, site.sheet + ".away")
    try:
        is_wrong(look(site), "sheet", "warning", site.sheet)
    finally:
        os.rename(site.sheet + ".away", site.sheet)


def a_program_that_gets_no_group_says_why(site):
    site.staffed()
    rows = look(site, "editor", wrapper=["setpriv", "--no-new-privs"])
    is_wrong(rows, "privileges", "error", "no_new_privs")
    is_wrong(rows, "group", "error")
    is_wrong(rows, "store", "error", "没有得到程序组")
    for words in (["list"], ["init", "--system"]):
        ran = site.tool("root", "setpriv", "--no-new-privs", site.program,
                        *words)
        equal(ran.status, 4, str(ran))
        ran.says("没有得到程序组", "proposals doctor")
    with mounted(site, "nosuid,mode=755", site.program) as point:
        program = os.path.join(point, "proposals")
        os.chown(program, 0, grp.getgrnam(site.group).gr_gid)
        os.chmod(program, 0o2755)
        rows = look(site, "editor", program=program)
        is_wrong(rows, "nosuid", "error", "nosuid")
        is_wrong(rows, "group", "error")


def people_in_the_program_s_group_are_named(site):
    site.staffed()
    name = site.users["viewer"].pw_name
    call("gpasswd", "-a", name, site.group)
    try:
        is_wrong(look(site, "editor"), "members", "error", name)
    finally:
        call("gpasswd", "-d", name, site.group)
    call("usermod", "-g", site.group, name)
    try:
        is_wrong(look(site, "editor"), "members", "error", name)
    finally:
        call("usermod", "-g", "users", name)


def the_configuration_is_root_s_and_right(site):
    site.staffed()
    text = site.run("root", "--print-config").out
    try:
        for content, bits, uid, name in (
                ("x: [", 0o644, 0, "config"),
                (text, 0o664, 0, "config-file"),
                (text, 0o646, 0, "config-file"),
                (text, 0o644, site.users["admin"].pw_uid, "config-file")):
            with open(site.config, "w") as file:
                file.write(content)
            os.chmod(site.config, bits)
            os.chown(site.config, uid, -1)
            ran = site.tool("editor", site.program, "doctor", "--json")
            rows = {row["check"]: row for row in ran.rows()}
            is_wrong(rows, name, "error", site.config)
            is_wrong(rows, "config", "error", site.config)
            equal(ran.status, 4)
            FAILED.update((name, "config"))
            site.run("editor", "list", status=3).says(site.config)
        os.remove(site.config)
        with open(site.config, "w") as file:
            file.write(text)
        os.chmod(site.config, 0o644)
        equal(look(site, "editor")["config"]["found"], site.config)
        with mode(site.etc, 0o777):
            is_wrong(look(site, "editor"), "config-file", "error", site.etc)
        for path, bits in (site.config, 0o600), (site.etc, 0o700):
            with mode(path, bits):
                is_wrong(look(site), "config-file", "error", path)
                site.run("editor", "list", status=3).says("没有权限")
        with mode(site.config, 0o640, gid=grp.getgrnam(site.group).gr_gid):
            equal(look(site)["config-file"]["result"], "ok")
            site.run("editor", "list")
    finally:
        os.remove(site.config)


def the_folder_and_its_files_are_the_group_s_alone(site):
    site.staffed()
    data = os.path.join(site.store, "data.mdb")
    for bits in (0o2777, 0o2775, 0o770):
        with mode(site.store, bits):
            is_wrong(look(site, "editor"), "folder", "error", "%o" % bits)
    with mode(site.store, 0o2770, uid=site.users["viewer"].pw_uid):
        is_wrong(look(site, "editor"), "folder", "error",
                 site.users["viewer"].pw_name)
    for bits in (0o664, 0o666, 0o600):
        with mode(data, bits):
            is_wrong(look(site), "files", "error", "data.mdb")
    with mode(data, 0o660, gid=grp.getgrnam("users").gr_gid):
        is_wrong(look(site), "files", "error", "data.mdb", "users")
    os.link(data, site.path("second-name"))
    try:
        is_wrong(look(site), "files", "error", "data.mdb", "硬链接")
    finally:
        os.remove(site.path("second-name"))
    extra = os.path.join(site.store, "backup.mdb")
    with open(extra, "w"):
        pass
    try:
        is_wrong(look(site), "foreign", "warning", "backup.mdb")
    finally:
        os.remove(extra)


def a_broken_or_missing_store_is_told(site):
    site.staffed()
    data = os.path.join(site.store, "data.mdb")
    with open(data, "rb+") as file:
        page = file.read(4096)
        file.seek(0)
        file.write(bytes(4096))
    rows = look(site, "editor")
    is_wrong(rows, "store", "error", "data.mdb")
    with open(data, "rb+") as file:
        file.write(page)
    equal(look(site, "editor")["store"]["result"], "ok")
    os.rename(data, data + ".away")
    is_wrong(look(site, "editor"), "store", "error", "data.mdb")
    os.rename(data + ".away", data)
    os.rename(site.store, site.store + ".away")
    try:
        rows = look(site, "editor")
        is_wrong(rows, "folder", "error", site.store)
        is_wrong(rows, "store", "error", site.store)
    finally:
        os.rename(site.store + ".away", site.store)


def a_store_without_roles_is_nobody_s(site):
    """Otherwise it would be everybody's."""
    site.staffed()
    for name in os.listdir(site.store):
        os.remove(os.path.join(site.store, name))
    plain = os.path.join(site.build, "proposals")
    equal(site.tool("root", plain, "init", site.store).status, 0)
    os.chmod(site.store, 0o2770)
    is_wrong(look(site, "editor"), "store", "error", "--system")
    for person in site.PEOPLE:
        for words in (["list"], ["import", SEED], ["check"]):
            site.run(person, *words, status=4).says("--system")
    site.staffed()
    rows = look(site, "root", "--store", site.store, program=plain)
    is_wrong(rows, "roles", "warning", "程序组")


def little_space_and_no_reserve_are_told(site):
    site.staffed()
    with mounted(site, "size=48m,mode=2770") as point:
        plain = os.path.join(site.build, "proposals")
        equal(site.tool("root", plain, "init", point + "/st").status, 0)
        rows = look(site, "root", "--store", point + "/st", program=plain)
        is_wrong(rows, "free", "warning", "MiB")
        is_wrong(rows, "reserve", "warning", "MiB")


def who_writes_and_is_stopped_is_named(site):
    site.staffed()
    sleeper = site.start("viewer", "sleep", "1000")
    try:
        os.kill(sleeper.pid, signal.SIGSTOP)
        os.waitpid(sleeper.pid, os.WUNTRACED)
        with open(os.path.join(site.store, "write.gate"), "rb+") as gate:
            before = gate.read()
            fcntl.fcntl(gate, 37, struct.pack(          # F_OFD_SETLK
                "hhxxxxqqixxxx", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))
            gate.seek(0)
            gate.write(b"%d %d 1732066200000 wang" %
                       (sleeper.pid, site.users["viewer"].pw_uid))
            gate.flush()
            is_wrong(look(site, "editor"), "writer", "warning",
                     str(sleeper.pid), "wang")
            ran = site.run("editor", "status", "已答复", "4", status=6)
            ran.says(str(sleeper.pid), "wang", "暂停")
            gate.seek(0)
            gate.write(before)
    finally:
        sleeper.kill()
        sleeper.wait()
    equal(look(site, "editor")["writer"]["result"], "ok")


def who_is_in_is_named(site):
    site.staffed()
    with screen.Terminal(site, "viewer") as terminal:
        terminal.until("F1/? 帮助")
        equal(site.users["viewer"].pw_name in
              look(site, "editor")["people"]["found"], True)


def read_only_is_told(site):
    site.staffed()
    is_wrong(look(site, "editor", "--read-only"), "read-only", "warning")


def users_are_compared_with_the_accounts(site):
    site.empty()
    is_wrong(look(site), "admins", "warning", "user add")
    site.staffed()
    name = site.users["editor"].pw_name
    call("usermod", "-l", name + "2", name)
    try:
        is_wrong(look(site, "viewer"), "accounts", "warning", name + "2")
    finally:
        call("usermod", "-l", name, name + "2")


def a_terminal_and_a_language_that_are_unknown_are_told(site):
    site.staffed()
    is_wrong(look(site, "viewer", env={"LC_ALL": "xx_YY.UTF-8"}), "locale",
             "warning")
    for size, env, text in (((80, 24), {"TERM": "nonsense"}, "nonsense"),
                            ((79, 24), {}, "79x24"), ((80, 23), {}, "80x23")):
        with screen.Terminal(site, "viewer", "doctor", size=size,
                             env=env) as terminal:
            said = terminal.whole()
            row = [line for line in said.splitlines() if "终端" in line]
            equal(len(row), 1, said)
            equal((row[0].split()[0], text in row[0]), ("注意", True), row[0])
    FAILED.add("terminal")


def an_ordinary_installation_has_no_errors(site):
    """As in a demo: it is told that there are no roles, and no more."""
    store = site.home("viewer", "store")
    plain = site.path("plain")
    shutil.copy(os.path.join(site.build, "proposals"), plain)
    equal(site.tool("viewer", plain, "init", store).status, 0)
    rows = look(site, "viewer", "--store", store, program=plain)
    equal([row for row in rows.values() if row["result"] != "ok"], [])
    equal("不生效" in rows["roles"]["found"], True)
    os.chmod(store, 0o777)
    is_wrong(look(site, "viewer", "--store", store, program=plain), "folder",
             "error", "777")


def every_check_has_been_seen_to_fail(site):
    """By the table in the source; what cannot be had here is named."""
    elsewhere = {"version",     # needs another LMDB
                 "disk",        # needs a network file system
                 "map", "readers",      # need 13 GiB, and 1000 commits
                 "people",      # is good whoever is in
                 "login",       # hangs on how the tests were started
                 "shells", "sshd-force", "sshd-forwarding", "sshd-files",
                 "sshd-alive", "sshd-startups"}     # tests/unit/test_doctor
    if not FAILED:
        raise Skipped("only after the others")
    with open(os.path.join(ROOT, "tui/app/doctor_table.c")) as file:
        names = {line.split('"')[1] for line in file if "look_" in line}
    print("tried: %d of %d checks of doctor seen failing" %
          (len(FAILED & names), len(names)))
    equal(sorted(names - FAILED - elsewhere), [])
