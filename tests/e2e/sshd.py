"""An sshd of a test's own, on a port of the loopback: people who come over
SSH are who the program is for. It needs root, as sshd does.

    why_not = sshd.missing()            # a reason, or ""
    with sshd.Sshd("ForceCommand /path/to/proposals\\n") as server:
        subprocess.run(server.client("root", "-tt"))
"""
import os
import shutil
import socket
import subprocess
import tempfile
import time

SSHD = "/usr/sbin/sshd"
RUN = "/run/sshd"       # where sshd locks itself up; its package makes it


def missing():
    """Why there can be no sshd here; "" when there can."""
    if os.geteuid():
        return "sshd needs root"
    for program in (SSHD, "ssh", "ssh-keygen"):
        if not shutil.which(program):
            return "there is no %s" % program
    return ""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Sshd:
    """It lets in whoever holds the one key, as any user. `lines` are added to
    its configuration: ForceCommand, Match."""

    def __init__(self, lines="", seconds=15):
        self.dir = tempfile.mkdtemp(prefix="sshd-")
        os.chmod(self.dir, 0o755)
        os.makedirs(RUN, mode=0o755, exist_ok=True)
        for key in ("host", "person"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "",
                            "-f", self.path(key)], check=True)
        self.port = free_port()
        with open(self.path("config"), "w", encoding="utf-8") as file:
            file.write(self.config() + lines)
        self.log = open(self.path("log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", self.path("config")],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.await_port(seconds)

    def path(self, name):
        return os.path.join(self.dir, name)

    def config(self):
        return "".join(line + "\n" for line in (
            "Port %d" % self.port, "ListenAddress 127.0.0.1",
            "HostKey " + self.path("host"), "PidFile none",
            "AuthorizedKeysFile " + self.path("person.pub"),
            "StrictModes no", "UsePAM no", "PermitRootLogin yes",
            "PasswordAuthentication no", "PrintMotd no", "PrintLastLog no",
            "LogLevel VERBOSE"))

    def await_port(self, seconds):
        end = time.monotonic() + seconds
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    said = self.said()
                    self.stop()
                    raise RuntimeError("sshd does not start: " + said)
            time.sleep(0.01)

    def said(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def client(self, user, *options):
        """The command that logs in; what is run there may follow."""
        return ["ssh", "-F", "none", "-q", "-p", str(self.port), "-l", user,
                "-i", self.path("person"), "-o", "IdentitiesOnly=yes",
                "-o", "IdentityAgent=none", "-o", "BatchMode=yes",
                "-o", "StrictHostKeyChecking=no",
                "-o", "UserKnownHostsFile=/dev/null", "-e", "none",
                *options, "127.0.0.1"]

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()
        shutil.rmtree(self.dir, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.stop()
