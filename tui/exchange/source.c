#include "exchange/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/privilege.h"
#include "exchange/archive.h"

#define SOURCE_MAX ((off_t)4 << 30)

static bool open_path(const char *path, int *fd, struct err *err)
{
	bool standard = strcmp(path, "-") == 0;

	if (standard && isatty(STDIN_FILENO))
		return err_set(err, ERR_USAGE,
			       "标准输入是终端，没有文件可读：请用 < 文件名");
	/* O_NONBLOCK: a FIFO without a writer would wait for ever. */
	*fd = standard ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
		       : open_as_user(path, O_RDONLY | O_NONBLOCK, 0);
	if (*fd < 0)
		return err_set(err, ERR_USAGE, "打不开：%s", err_words(errno));
	if (!standard)
		(void)fcntl(*fd, F_SETFL, 0);
	return true;
}

static bool too_large(struct err *err)
{
	return err_set(err, ERR_USAGE, "超过 4 GB，请分成几个文件导入");
}

/* To a file in memory, which no signal interrupts. */
static bool write_all(int fd, const char *bytes, size_t len, struct err *err)
{
	while (len > 0) {
		ssize_t done = write(fd, bytes, len);

		if (done < 0)
			return err_set(err, ERR_USAGE, "内存里放不下：%s",
				       err_words(errno));
		bytes += done;
		len -= (size_t)done;
	}
	return true;
}

static bool copy(int from, int to, struct progress *progress, struct err *err)
{
	char bytes[1 << 16];
	off_t total = 0;

	progress_phase(progress, "等待输入", "MB", 0);
	for (;;) {
		ssize_t got = read(from, bytes, sizeof(bytes));

		if (!progress_at(progress, (uint64_t)total >> 20))
			return progress_cancelled(err);

		if (got == 0)
			break;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, ERR_USAGE, "读不了：%s",
				       err_words(errno));
		total += got;
		if (total > SOURCE_MAX)
			return too_large(err);
		if (!write_all(to, bytes, (size_t)got, err))
			return false;
	}
	(void)lseek(to, 0, SEEK_SET);
	return true;
}

/* A pipe can be looked at only once, so it becomes a file in memory. */
static bool spool(int *fd, struct progress *progress, struct err *err)
{
	int memory = memfd_create("proposals-import", MFD_CLOEXEC);

	if (memory < 0)
		return err_set(err, ERR_INTERNAL, "内存里放不下：%s",
			       err_words(errno));
	bool ok = copy(*fd, memory, progress, err);
	close(*fd);
	*fd = memory;
	return ok;
}

static bool make_regular(int *fd, struct progress *progress, struct err *err)
{
	struct stat st;

	if (fstat(*fd, &st) != 0)
		return err_set(err, ERR_USAGE, "读不了：%s", err_words(errno));
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_USAGE,
			       "这是目录，请给出其中的一个文件");
	if (S_ISREG(st.st_mode))
		return true;
	if (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode))
		return spool(fd, progress, err);
	return err_set(err, ERR_USAGE, "这不是普通文件，不能导入");
}

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end &&
	       (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
		at++;
	return at;
}

/* Exactly as it is written. */
static bool is_archive(const char *bytes, ssize_t got)
{
	size_t len = strlen(ARCHIVE_START);

	return (size_t)got >= len && !memcmp(bytes, ARCHIVE_START, len);
}

static bool tell_kind(const char *at, const char *end, enum source_kind *kind,
		      struct err *err)
{
	at = skip_blanks(at, end);
	*kind = at < end && *at == '{' ? SOURCE_JSON : SOURCE_SHEET;
	if (at == end || *at != '[')
		return true;
	at = skip_blanks(at + 1, end);
	if (at < end && *at == '{')
		return err_set(err, ERR_USAGE,
			       "这是一个 JSON 数组：请写成 JSON Lines，"
			       "一行一个对象，不加方括号和逗号");
	return true;
}

/* By its first characters; a blank start of 64 KiB is no JSON. */
static bool look(int fd, enum source_kind *kind, struct err *err)
{
	static const char mark[] = "\xEF\xBB\xBF";
	char bytes[1 << 16];
	struct stat st;
	ssize_t got = pread(fd, bytes, sizeof(bytes), lseek(fd, 0, SEEK_CUR));

	if (got < 0)
		return err_set(err, ERR_USAGE, "读不了：%s", err_words(errno));
	if (got == 0)
		return err_set(err, ERR_USAGE, "是空的，没有可导入的内容");
	*kind = SOURCE_ARCHIVE;
	if (is_archive(bytes, got))
		return true;
	/* Rows are kept in memory, the lines of an archive are not. */
	if (fstat(fd, &st) == 0 && st.st_size > SOURCE_MAX)
		return too_large(err);

	bool marked = got >= 3 && memcmp(bytes, mark, 3) == 0;
	return tell_kind(bytes + (marked ? 3 : 0), bytes + got, kind, err);
}

bool source_open(const char *path, struct progress *progress, int *fd,
		 enum source_kind *kind, struct err *err)
{
	if (!open_path(path, fd, err))
		return false;
	if (make_regular(fd, progress, err) && look(*fd, kind, err))
		return true;
	close(*fd);
	return false;
}
