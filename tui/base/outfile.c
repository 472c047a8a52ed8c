#include "base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/privilege.h"
#include "base/utf8.h"

enum { MODE = 0600, MODE_OURS = 0660, SUFFIX = 10 };

static mode_t mode_of(const struct outfile *out)
{
	return out->ours ? MODE_OURS : MODE;
}

static bool lower(const struct outfile *out)
{
	return out->ours || privilege_lower();
}

static void raise_again(const struct outfile *out)
{
	if (!out->ours)
		privilege_raise();
}

/* 0 when the name is free: not only after hours of writing. */
static int name_taken(const struct outfile *out)
{
	struct stat st;

	if (!fstatat(out->dir, out->name, &st, AT_SYMLINK_NOFOLLOW))
		return EEXIST;
	return errno == ENOENT ? 0 : errno;
}

/* Behind its name until it is finished, as other writers do it: .NAME.1a2b */
static int open_hidden(struct outfile *out)
{
	unsigned char bytes[4];
	size_t len = utf8_cut(out->name, strnlen(out->name, NAME_MAX - SUFFIX));

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return errno;
	snprintf(out->temporary, sizeof(out->temporary),
		 ".%.*s.%02x%02x%02x%02x", (int)len, out->name, bytes[0],
		 bytes[1], bytes[2], bytes[3]);
	out->fd = openat(out->dir, out->temporary,
			 O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			 mode_of(out));
	if (out->fd >= 0)
		return 0;
	out->temporary[0] = '\0';
	return errno;
}

static int open_file(struct outfile *out)
{
	out->fd = openat(out->dir, ".", O_RDWR | O_TMPFILE | O_CLOEXEC,
			 mode_of(out));
	int rc = out->fd < 0 ? errno : 0;

	/* A memory stick and a share in the network know no such files. */
	if (rc == EOPNOTSUPP || rc == EISDIR || rc == EINVAL)
		rc = open_hidden(out);
	/* Whatever the umask is. */
	return rc ? rc : fchmod(out->fd, mode_of(out)) ? errno : 0;
}

static bool refuse_existing(const struct outfile *out, struct err *err)
{
	return err_set(err, ERR_REFUSED,
		       "%s 已经有了，没有动它，请换一个文件名", out->path);
}

static bool failed(const struct outfile *out, int why, struct err *err)
{
	enum err_code code = why == ENOENT || why == ENOTDIR || why == EACCES ||
					     why == ELOOP || why == ENAMETOOLONG
				     ? ERR_USAGE
				     : ERR_STORE;

	if (why == EEXIST)
		return refuse_existing(out, err);
	err_set(err, code, "%s",
		why == ENOENT ? "没有这个目录" : err_words(why));
	return err_in(err, "写不了 %s", out->path);
}

static bool open_in(struct outfile *out, struct err *err)
{
	if (!lower(out))
		return failed(out, errno, err);
	int rc = name_taken(out);
	if (!rc)
		rc = open_file(out);
	raise_again(out);
	if (rc) {
		outfile_drop(out);
		return failed(out, rc, err);
	}
	return true;
}

bool outfile_open_at(struct outfile *out, int dir, const char *name, bool ours,
		     struct err *err)
{
	*out = (struct outfile){
		.fd = -1, .ours = ours, .path = name, .name = name};
	out->dir = fcntl(dir, F_DUPFD_CLOEXEC, 3);
	return out->dir >= 0 ? open_in(out, err) : failed(out, errno, err);
}

bool outfile_open(struct outfile *out, const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;
	char dir[PATH_MAX];

	*out = (struct outfile){.fd = -1, .dir = -1, .path = path};
	out->name = path + len;
	if (len >= sizeof(dir))
		return failed(out, ENAMETOOLONG, err);
	if (!*out->name)
		return err_set(err, ERR_USAGE, "“%s”不是文件名", path);
	snprintf(dir, sizeof(dir), "%.*s", len ? (int)len : 1,
		 len ? path : ".");
	out->dir = open_as_user(dir, O_RDONLY | O_DIRECTORY, 0);
	if (out->dir < 0)
		return failed(out, errno, err);
	return open_in(out, err);
}

static int give_name(const struct outfile *out)
{
	char nameless[40];

	snprintf(nameless, sizeof(nameless), "/proc/self/fd/%d", out->fd);
	if (!*out->temporary)
		return linkat(AT_FDCWD, nameless, out->dir, out->name,
			      AT_SYMLINK_FOLLOW)
			       ? errno
			       : 0;
	if (!renameat2(out->dir, out->temporary, out->dir, out->name,
		       RENAME_NOREPLACE))
		return 0;
	/* A share in the network knows links where it does not know this. */
	if (errno != EINVAL ||
	    linkat(out->dir, out->temporary, out->dir, out->name, 0))
		return errno;
	unlinkat(out->dir, out->temporary, 0);
	return 0;
}

/* Not every file system can sync a folder: EINVAL, and nothing to be done. */
static int settle(const struct outfile *out)
{
	int rc = fsync(out->fd) ? errno : give_name(out);

	if (rc || !fsync(out->dir) || errno == EINVAL)
		return rc;
	rc = errno;
	unlinkat(out->dir, out->name, 0);
	return rc;
}

bool outfile_keep(struct outfile *out, struct err *err)
{
	int rc = lower(out) ? settle(out) : errno;

	raise_again(out);
	if (!rc)
		out->temporary[0] = '\0';
	outfile_drop(out);
	return !rc || failed(out, rc, err);
}

void outfile_drop(struct outfile *out)
{
	if (*out->temporary && lower(out)) {
		unlinkat(out->dir, out->temporary, 0);
		raise_again(out);
	}
	out->temporary[0] = '\0';
	if (out->fd >= 0)
		close(out->fd);
	if (out->dir >= 0)
		close(out->dir);
	out->fd = out->dir = -1;
}

bool outfile_write(const struct outfile *out, const void *bytes, size_t len,
		   struct err *err)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t done = write(out->fd, at, len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return failed(out, errno, err);
		at += done;
		len -= (size_t)done;
	}
	return true;
}
