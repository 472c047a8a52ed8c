"""
As people come in: a real sshd with the settings that are installed
beside the program, for members of an ordinary group.
"""
import contextlib
import os
import signal
import subprocess
import sys

import screen
from installation import ROOT, Failed, Skipped, call, equal

sys.path.insert(0, os.path.join(ROOT, "tests/e2e"))
import sshd                                                 # noqa: E402


@contextlib.contextmanager
def _server(site):
    why_not = sshd.missing()
    if why_not:
        raise Skipped(why_not)
    with open(os.path.join(site.prefix, "share/doc/proposals/proposals.conf")) \
            as file:
        lines = file.read()
    for word in ("ForceCommand " + site.program, "proposals-staff"):
        if word not in lines:
            raise Failed("    what is shipped does not name " + word)
    lines = lines.replace("proposals-staff", site.staff)
    with sshd.Sshd("AcceptEnv LANG LC_*\n" + lines) as server:
        yield server


def _login(site, server, person, *words, options=(), **more):
    """ssh as this person; the words are what he asks to be run."""
    command = server.client(site.users[person].pw_name, *options)
    env = {"PATH": "/usr/bin:/bin", "TERM": "xterm-256color",
           "LC_ALL": "C.UTF-8", **more.pop("env", {})}
    process = subprocess.Popen(
        [*command, *words], env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    return site.end(process, [*command, *words])


def who_comes_in_has_the_interface_and_his_role(site):
    site.staffed()
    with _server(site) as server, screen.Terminal(
            site, "root", program=server.client(
                site.users["editor"].pw_name, "-tt")) as terminal:
        terminal.until(site.users["editor"].pw_name + " 编辑")
        terminal.keys("4", "<Enter>", "<Esc>", "<F6>", "a")
        terminal.until("可执行")
        terminal.keys("y")
        terminal.until("已保存")
        terminal.keys("q")
        terminal.whole()
    batch = site.run("root", "batches", "--json").rows()[0]
    equal(batch["uid"], site.users["editor"].pw_uid)
    equal(batch["from"].startswith("127.0.0.1 "), True, batch["from"])


def whatever_is_asked_for_the_program_comes(site):
    site.staffed()
    with _server(site) as server:
        for words in (["id"], ["cat", "/etc/passwd"], ["/bin/sh"],
                      [site.program, "list"], ["scp", "-f", "/etc/passwd"],
                      ["-s", "sftp"]):
            options = words[:1] if words[0] == "-s" else []
            ran = _login(site, server, "editor",
                         *(word for word in words if word != "-s"),
                         options=options)
            equal(ran.status == 0, False, str(ran))
            for text in ("uid=", "root:", "经信局"):
                equal(text in ran.out, False, str(ran))


def files_of_one_s_own_are_not_run_first(site):
    """With the shell that the manual names."""
    site.staffed()
    mark = site.home("editor", "ran")
    site.tool("editor", "mkdir", "-p", site.home("editor", ".ssh"))
    for name in (".bashrc", ".profile", ".ssh/rc", ".shrc", ".env"):
        site.file("editor", name, "#!/bin/sh\ntouch %s\n" % mark, 0o755)
    site.file("editor", ".ssh/environment",
              "ENV=%s\nBASH_ENV=%s\n" % ((site.home("editor", ".env"),) * 2))
    with _server(site) as server:
        _login(site, server, "editor")
        equal(os.path.exists(mark), False)
        with screen.Terminal(site, "root", program=server.client(
                site.users["editor"].pw_name, "-tt")) as terminal:
            terminal.until("F1/? 帮助")
            equal(os.path.exists(mark), False, "with a terminal")
            terminal.keys("q")
            terminal.whole()
        _login(site, server, "editor", options=[
            "-o", "SendEnv=LD_PRELOAD ENV BASH_ENV"],
            env={"ENV": site.home("editor", ".env")})
        equal(os.path.exists(mark), False)


def a_shell_that_reads_files_gets_no_further(site):
    """bash runs ~/.bashrc before the program: the first wall holds."""
    site.staffed()
    name = site.users["editor"].pw_name
    call("usermod", "-s", "/bin/bash", name)
    try:
        site.file("editor", ".bashrc", "id >%s; cat %s/data.mdb >%s 2>&1\n" % (
            site.home("editor", "who"), site.store,
            site.home("editor", "stolen")), 0o644)
        with _server(site) as server:
            _login(site, server, "editor")
    finally:
        call("usermod", "-s", "/bin/sh", name)
    if not os.path.exists(site.home("editor", "who")):
        raise Skipped("this bash reads no ~/.bashrc")
    with open(site.home("editor", "who")) as file:
        equal(site.group in file.read(), False)
    with open(site.home("editor", "stolen"), "rb") as file:
        equal(b"Permission denied" in file.read(), True)


def nothing_is_forwarded(site):
    site.staffed()
    with _server(site) as server:
        port = sshd.free_port()
        for options in (["-L", "%d:127.0.0.1:%d" % (port, server.port)],
                        ["-R", "%d:127.0.0.1:%d" % (port, server.port)],
                        ["-W", "127.0.0.1:%d" % server.port]):
            ran = _login(site, server, "editor", options=[
                "-o", "ExitOnForwardFailure=yes", "-T", *options])
            equal(ran.status == 0, False, str(ran))
            equal("SSH-2.0" in ran.out, False, str(ran))


def a_stranger_of_the_staff_sees_a_sentence(site):
    site.staffed()
    with _server(site) as server:
        ran = _login(site, server, "stranger", options=["-tt"])
        equal("还不是本系统的用户" in ran.out, True, str(ran))
        equal(ran.status, 5)


def a_line_that_goes_ends_the_session(site):
    site.staffed()
    with _server(site) as server:
        with screen.Terminal(site, "root", program=server.client(
                site.users["viewer"].pw_name, "-tt")) as terminal:
            terminal.until("F1/? 帮助")
            rows = {row["check"]: row for row in site.run(
                "root", "doctor", "--json").rows()}
            equal(site.users["viewer"].pw_name in rows["people"]["found"],
                  True)
            terminal.process.send_signal(signal.SIGKILL)
        for _ in range(1000):
            rows = {row["check"]: row for row in site.run(
                "root", "doctor", "--json").rows()}
            if "people" not in rows:
                return
        raise Failed("    is still there: %r" % rows["people"])
