"""make install-system, init --system, and what they leave on the disk."""
import os
import pwd
import shutil

from installation import ROOT, Failed, Skipped, call, equal


def programs_and_folders_have_their_owners_and_modes(site):
    equal(site.modes(site.program), "2755 root:" + site.group)
    equal(site.modes(site.store), "2770 root:" + site.group)
    equal(site.modes(site.backups), "700 root:root")
    equal(site.modes(site.etc), "755 root:root")
    equal(site.modes(site.sheet), "755 root:root")


def a_second_installation_leaves_the_register_as_it_is(site):
    site.staffed()
    before = site.content()
    with open(site.program, "rb") as running:
        site.install()
        equal(os.fstat(running.fileno()).st_ino ==
              os.stat(site.program).st_ino, False, "written over")
    equal(site.modes(site.program), "2755 root:" + site.group)
    equal(site.content(), before)


def a_staged_installation_needs_no_root_and_says_what_is_left(site):
    build = site.home("viewer", "build")
    shutil.copytree(site.path("build"), build, symlinks=True)
    for folder, _, names in os.walk(build):
        for path in [folder] + [os.path.join(folder, name) for name in names]:
            os.chown(path, site.users["viewer"].pw_uid, -1)
    if site.tool("viewer", "test", "-r", ROOT + "/Makefile").status:
        raise Skipped("the source cannot be read by others")
    stage = site.home("viewer", "stage")
    ran = site.tool("viewer", "make", "-C", ROOT, "-s", "-o",
                    build + "/flags", "BUILD=" + build, "DESTDIR=" + stage,
                    "install-system", *site.places())
    equal(ran.status, 0, str(ran))
    ran.prints("groupadd", "chmod 2755 " + site.program,
               "chmod 2770 " + site.store)
    equal(site.modes(stage + site.program).split()[0], "755")
    for path in (site.sheet, site.prefix + "/share/doc/proposals/"
                 "proposals.conf", site.store, site.etc):
        equal(os.path.exists(stage + path), True, path)


def an_ordinary_installation_gets_no_group(site):
    site.make("install", "DESTDIR=" + site.path("ordinary"))
    equal(site.modes(site.path("ordinary") + site.program), "755 root:root")
    equal(os.path.exists(site.path("ordinary") + site.store), False)


def an_ordinary_installation_takes_the_place_of_none_for_many(site):
    try:
        site.make("install")
    except Failed as why:
        equal("make install-system" in str(why), True, str(why))
    equal(site.modes(site.program), "2755 root:" + site.group)


def init_makes_it_for_the_group_and_nobody_else(site):
    site.empty()
    names = sorted(os.listdir(site.store))
    equal("data.mdb" in names and "lock.mdb" in names, True, names)
    for name in names:
        equal(site.modes(os.path.join(site.store, name)),
              "660 root:" + site.group, name)
    site.run("root", "init", "--system", status=5).says("已经有提案库")


def the_folder_is_put_right_by_init_or_refused(site):
    site.empty()
    for name in os.listdir(site.store):
        os.remove(os.path.join(site.store, name))
    os.chmod(site.store, 0o777)
    os.chown(site.store, 0, 0)
    site.run("root", "init", "--system")
    equal(site.modes(site.store), "2770 root:" + site.group)
    equal(site.modes(os.path.join(site.store, "data.mdb")),
          "660 root:" + site.group)
    for name in os.listdir(site.store):
        os.remove(os.path.join(site.store, name))
    os.chown(site.store, site.users["stranger"].pw_uid, -1)
    try:
        site.run("root", "init", "--system", status=5).says("root")
        equal(os.listdir(site.store), [])
    finally:
        os.chown(site.store, 0, -1)
        os.chmod(site.store, 0o2770)
    os.rename(site.store, site.store + ".away")
    os.symlink(site.store + ".away", site.store)
    try:
        site.run("root", "init", "--system", status=4).says("符号链接")
    finally:
        os.remove(site.store)
        os.rename(site.store + ".away", site.store)


def only_root_makes_it_and_only_in_its_place(site):
    site.empty()
    for name in os.listdir(site.store):
        os.remove(os.path.join(site.store, name))
    for person in site.PEOPLE[1:]:
        site.run(person, "init", "--system", status=5).says("root")
        site.run(person, "init", site.home(person, "own"), status=2)
    site.run("root", "init", status=2).says("--system")
    site.run("root", "init", site.path("elsewhere"), status=2)
    site.run("root", "init", "--system", site.path("elsewhere"), status=2)
    site.run("root", "init", "--admin", "root", status=2)
    equal(os.listdir(site.store), [])
    equal(os.path.exists(site.path("elsewhere")), False)


def the_first_administrator_is_named_by_root(site):
    site.empty()
    for name in os.listdir(site.store):
        os.remove(os.path.join(site.store, name))
    site.run("root", "init", "--system", "--admin", "no-such-account",
             status=1).says("no-such-account")
    equal(os.listdir(site.store), [])
    admin = site.users["admin"]
    site.run("root", "init", "--system", "--admin", admin.pw_name)
    rows = site.run("admin", "user", "list", "--json").rows()
    equal([(row["uid"], row["name"], row["role"]) for row in rows],
          [(admin.pw_uid, admin.pw_name, "admin")])
    site.run("stranger", "list", status=5)


def without_a_role_nothing_can_be_seen(site):
    site.staffed()
    for words in (["list"], ["show", "4"], ["history", "4"], ["batches"],
                  ["count", "status"], ["check"], ["user", "list"],
                  ["report", "review"]):
        ran = site.run("stranger", *words, status=5)
        ran.says("还不是本系统的用户")
        equal(ran.out, "")


def a_user_is_added_changed_and_removed(site):
    site.empty()
    name = site.users["editor"].pw_name
    uid = site.users["editor"].pw_uid
    site.run("root", "user", "add", name, "查看").says("查看")
    site.run("root", "user", "add", name, "viewer").says("什么都不用改")
    site.run("root", "user", "add", name, "编辑", status=5).says("user role")
    site.run("root", "user", "role", str(uid), "editor").says("编辑")
    equal([row["role"] for row in
           site.run("root", "user", "list", "--json").rows()], ["editor"])
    site.run("editor", "list", status=1)
    site.run("root", "user", "remove", name)
    site.run("root", "user", "remove", name, status=1).says(name)
    site.run("editor", "list", status=5)
    site.run("root", "user", "list", status=1)
    site.run("root", "user", "add", "no-such-account", "查看", status=1) \
        .says("no-such-account", "adduser")
    site.run("root", "user", "add", "4294967294", "查看", status=1)
    site.run("root", "user", "add", name, "boss", status=2).says("boss")
    site.run("root", "user", "role", name, "管理", status=1)
    for words in (["add", name], ["nope"], ["remove"], ["list", "x"],
                  ["add", name, "查看", "x"]):
        site.run("root", "user", *words, status=2).says("用法")
    site.run("root", "--read-only", "user", "add", name, "查看", status=5) \
        .says("只读")


def a_role_goes_with_the_uid_and_not_with_the_name(site):
    site.staffed()
    editor = site.users["editor"]
    call("usermod", "-u", str(editor.pw_uid + 5000), editor.pw_name)
    try:
        site.users["editor"] = pwd.getpwnam(editor.pw_name)
        site.run("editor", "list", status=5)
        rows = site.run("root", "user", "list", "--json").rows()
        equal([row["account"] for row in rows if row["role"] == "editor"],
              [None])
        site.run("root", "user", "list").prints("已没有这个帐号")
        site.run("root", "user", "remove", editor.pw_name, status=1)
        site.run("root", "user", "remove", str(editor.pw_uid))
        site.run("root", "user", "add", editor.pw_name, "编辑")
        site.run("editor", "list")
    finally:
        call("usermod", "-u", str(editor.pw_uid), editor.pw_name)
        site.users["editor"] = editor


def the_last_administrator_stays_unless_root_says_so(site):
    site.staffed()
    name = site.users["admin"].pw_name
    for words in (["remove", name], ["role", name, "查看"]):
        site.run("admin", "user", *words, status=5).says("最后一位")
    site.run("admin", "user", "role", site.users["viewer"].pw_name, "管理")
    site.run("viewer", "user", "remove", name)
    site.run("admin", "list", status=5)
    site.run("root", "user", "remove", site.users["viewer"].pw_name)


def every_change_carries_the_uid_and_the_claimed_line(site):
    site.staffed()
    site.run("editor", "status", "已答复", "4",
             env={"SSH_CONNECTION": "192.0.2.7 5000 192.0.2.1 22\x1b[31m",
                  "USER": "root", "LOGNAME": "root"})
    batch = site.run("root", "batches", "--json").rows()[0]
    equal(batch["uid"], site.users["editor"].pw_uid)
    equal(batch["by"], site.users["editor"].pw_name)
    equal(batch["from"].startswith("192.0.2.7 5000"), True, batch)
    equal("\x1b" in batch["from"], False, batch)


def the_login_uid_is_who_came_in_whoever_he_is_now(site):
    """As pam_loginuid sets it; su and sudo leave it alone."""
    site.staffed()
    admin, editor = site.users["admin"], site.users["editor"]
    ran = site.tool("root", "sh", "-c",
                    'echo "$1" >/proc/self/loginuid || exit 99; shift; '
                    'exec setpriv --clear-groups --reuid "$1" --regid "$2" '
                    '"$3" status 已答复 4', "sh", admin.pw_uid, editor.pw_uid,
                    editor.pw_gid, site.program)
    if ran.status == 99:
        raise Skipped("the kernel keeps no login uid: " + ran.err)
    equal(ran.status, 0, str(ran))
    batch = site.run("root", "batches", "--json").rows()[0]
    equal((batch["uid"], batch["login_uid"]), (editor.pw_uid, admin.pw_uid))
    site.run("editor", "status", "办理中", "4", "--force", status=5)
