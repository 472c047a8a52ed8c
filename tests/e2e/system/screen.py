"""The interface on a pseudo-terminal, as one of the people."""
import errno
import fcntl
import importlib.machinery
import importlib.util
import os
import select
import struct
import subprocess
import termios
import time

from installation import LIMIT, Failed

HERE = os.path.dirname(os.path.abspath(__file__))
QUIET = 0.3     # seconds without output: nothing more is coming


def load_ptyprobe():
    path = os.path.join(os.path.dirname(HERE), "ptyprobe")
    loader = importlib.machinery.SourceFileLoader("ptyprobe", path)
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("ptyprobe", loader))
    loader.exec_module(module)
    return module


ptyprobe = load_ptyprobe()


class Terminal:
    def __init__(self, site, person, *words, size=(100, 30), program=None,
                 **more):
        self.screen = ptyprobe.Screen(*size)
        self.raw = b""
        self.fd, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ,
                    struct.pack("HHHH", size[1], size[0], 0, 0))
        self.process = site.start(
            person, *(program or [site.program]), *words, stdin=slave, stdout=slave,
            stderr=slave, start_new_session=True, **more)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.fd)
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failed("    does not leave when its terminal is gone")

    def pump(self, seconds):
        """False when nothing came for so long, None at the end."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return None
        self.raw += data
        self.screen.feed(data)
        if self.screen.answers:
            os.write(self.fd, "".join(self.screen.answers).encode())
            self.screen.answers.clear()
        return bool(data) or None

    def text(self):
        return self.screen.text()

    def until(self, *texts):
        """Until one of these is on the screen: which."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            for text in texts:
                if text in self.text():
                    return text
            if self.pump(QUIET) is None:
                break
        raise Failed("    never on the screen: %s\n%s" %
                     (" ".join(texts), self.text()))

    def until_gone(self, text):
        end = time.monotonic() + LIMIT
        while text in self.text():
            if time.monotonic() > end or self.pump(QUIET) is None:
                raise Failed("    stays on the screen: %s\n%s" %
                             (text, self.text()))

    def keys(self, *keys):
        """Each is waited for until the program is silent again."""
        for key in keys:
            os.write(self.fd, ptyprobe.keybytes(key))
            while self.pump(QUIET):
                pass

    def whole(self):
        """Everything written until the program ends by itself."""
        while self.pump(LIMIT):
            pass
        return self.raw.decode("utf-8", "replace")
