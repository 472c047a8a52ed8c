"""
A small disk of one's own, in a mount namespace that ends with the process.
"""
import ctypes
import errno
import os
import pickle
import subprocess

from place import Failed, Skipped

NEWNS, NEWUSER = 0x00020000, 0x10000000
PAGE = 4096


def enter():
    """Mounts made from here on are seen by this process and its children."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(NEWNS | (NEWUSER if uid else 0)):
        raise Skipped("no mount namespace: " +
                      os.strerror(ctypes.get_errno()))
    for name, line in (("setgroups", "deny"), ("uid_map", "0 %d 1" % uid),
                       ("gid_map", "0 %d 1" % gid)) if uid else ():
        with open("/proc/self/" + name, "w") as file:
            file.write(line)
    mount("--make-rprivate", "/")


def mount(*words):
    ran = subprocess.run(["mount", *words], capture_output=True, text=True)
    if ran.returncode:
        raise Skipped("cannot mount: " + ran.stderr.strip())


def apart(function, *args):
    """function(*args) in a process that has a namespace of its own."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            enter()
            result = function(*args), None
        except Exception as error:
            result = None, error
        with os.fdopen(theirs, "wb") as pipe:
            pickle.dump(result, pipe)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        result, error = pickle.load(pipe)
    os.waitpid(child, 0)
    if error:
        raise error
    return result


class Disk:
    """Mounted on place.path("disk"), where the place's store is to stand."""

    def __init__(self, place, kind, mebibytes):
        self.path = place.path("disk")
        os.mkdir(self.path)
        if kind == "tmpfs":
            mount("-t", "tmpfs", "-o", "size=%dm" % mebibytes, "none",
                  self.path)
        else:
            image = place.path("image")
            with open(image, "wb") as file:
                file.truncate(mebibytes << 20)
            made = subprocess.run(["mkfs." + kind, "-q", image],
                                  capture_output=True, text=True)
            if made.returncode:
                raise Skipped("mkfs.%s: %s" % (kind, made.stderr))
            mount("-o", "loop", image, self.path)
        self.filler = os.path.join(self.path, "filler")
        place.store = os.path.join(self.path, "store")
        place.env["PROPOSALS_STORE"] = place.store

    def free(self):
        fs = os.statvfs(self.path)
        return fs.f_bavail * fs.f_frsize

    def fill(self, left=0):
        """Until only so many pages are left; root's own too."""
        fd = os.open(self.filler, os.O_WRONLY | os.O_CREAT)
        step = 64 << 20
        size = os.fstat(fd).st_size
        while step >= PAGE:
            try:
                os.posix_fallocate(fd, size, step)
                size += step
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                step //= 2
        if left:
            os.ftruncate(fd, max(0, size - left * PAGE))
        os.close(fd)
        if not left and self.free() >= 16 * PAGE:
            raise Failed("    the disk does not get full: %d bytes left" %
                         self.free())

    def empty(self):
        if os.path.exists(self.filler):
            os.remove(self.filler)

    def dig(self, store):
        """What the store has never written takes no room, so that it needs
        some with each write."""
        subprocess.run(["fallocate", "-d", os.path.join(store, "data.mdb")],
                       check=True)
