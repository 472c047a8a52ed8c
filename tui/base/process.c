#include "base/process.h"

#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clean.h"

/* The value of "Name:\tvalue" in /proc/PID/status; NULL. */
static const char *find_line(const char *status, const char *name)
{
	const char *at = status;
	size_t len = strlen(name);

	while (at && strncmp(at, name, len) != 0) {
		at = strchr(at, '\n');
		at += at != NULL;
	}
	return at ? at + len : NULL;
}

static bool read_status(uint32_t pid, char *out, size_t size)
{
	char path[40];

	snprintf(path, sizeof(path), "/proc/%u/status", (unsigned)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t got = read(fd, out, size - 1);
	close(fd);
	out[got > 0 ? got : 0] = '\0';
	return got > 0;
}

/* The account of the real uid, which is who it is; or the uid in digits. */
static void add_account(const char *status, struct buf *out)
{
	const char *uid = find_line(status, "Uid:\t");
	char *end;

	if (!uid)
		return;
	unsigned long id = strtoul(uid, &end, 10);
	/* cppcheck-suppress getpwuidCalled ; there is one thread */
	const struct passwd *account = getpwuid((uid_t)id);
	if (account)
		clean_line(out, account->pw_name, strlen(account->pw_name));
	else
		buf_printf(out, "uid %lu", id);
}

void process_words(uint32_t pid, struct buf *out)
{
	char status[1024];

	if (!read_status(pid, status, sizeof(status))) {
		buf_printf(out, "进程 %u", (unsigned)pid);
		return;
	}
	const char *name = find_line(status, "Name:\t");
	add_account(status, out);
	buf_str(out, "（");
	if (name) {
		clean_line(out, name, strcspn(name, "\n"));
		buf_str(out, "，");
	}
	buf_printf(out, "进程 %u）", (unsigned)pid);
}

/*
 * "1: POSIX  ADVISORY  READ 12007 fe:00:10953805 0 0": the words behind the
 * kind. One number of the file is enough: the device is another on some file
 * systems, and a pid too many is only told.
 */
static uint32_t locker(char *line, unsigned long long inode)
{
	char *rest = line, *word = NULL, *end;
	uint32_t pid = 0;

	for (int i = 0; i < 6 && (word = strsep(&rest, " "));) {
		if (!*word)
			continue;
		if (i == 1 && strcmp(word, "POSIX") != 0)
			return 0;
		if (i == 4)
			pid = (uint32_t)strtoul(word, &end, 10);
		i++;
	}
	word = word ? strrchr(word, ':') : NULL;
	return word && strtoull(word + 1, &end, 10) == inode ? pid : 0;
}

static bool contains(const uint32_t *pids, size_t count, uint32_t pid)
{
	for (size_t i = 0; i < count; i++)
		if (pids[i] == pid)
			return true;
	return false;
}

size_t process_lockers(const char *path, uint32_t *pids, size_t most)
{
	FILE *file = fopen("/proc/locks", "re");
	size_t count = 0, size = 0;
	char *line = NULL;
	struct stat st;

	if (file && stat(path, &st) == 0) {
		while (count < most && getline(&line, &size, file) > 0) {
			uint32_t pid = locker(line, st.st_ino);

			if (pid && !contains(pids, count, pid))
				pids[count++] = pid;
		}
	}
	if (file)
		fclose(file);
	free(line);
	return count;
}
