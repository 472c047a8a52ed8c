#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "change/plan.h"

/* An address and a port, twice; more is not what sshd wrote. */
enum { FROM_MAX = 120, ENTRY_MAX = 65536 };

/* The kernel remembers who logged in, whatever su and sudo did since. */
static uint32_t login_uid(void)
{
	char text[32] = "", *end;
	int fd = open("/proc/self/loginuid", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return UINT32_MAX;
	(void)!read(fd, text, sizeof(text) - 1);
	close(fd);
	unsigned long uid = strtoul(text, &end, 10);
	return end == text ? UINT32_MAX : (uint32_t)uid;
}

static const char *clean_copy(const char *text, size_t len, struct arena *arena)
{
	struct buf clean = {0};
	const char *copy;

	clean_line(&clean, text, len);
	copy = arena_str(arena, buf_text(&clean), clean.len);
	buf_free(&clean);
	return copy;
}

static const char *account_name(uid_t uid, struct arena *arena)
{
	char *room = arena_alloc(arena, ENTRY_MAX);
	struct passwd entry, *found = NULL;

	if (getpwuid_r(uid, &entry, room, ENTRY_MAX, &found) == 0 && found)
		return clean_copy(found->pw_name, strlen(found->pw_name),
				  arena);
	return arena_printf(arena, "%u", uid);
}

void who_am_i(struct who *who, struct arena *arena)
{
	/* Anybody can set it: it is shown as what the line claims. */
	const char *from = getenv("SSH_CONNECTION");
	size_t len = from ? strlen(from) : 0;

	if (len > FROM_MAX)
		len = utf8_cut(from, FROM_MAX);
	*who = (struct who){
		.uid = getuid(),
		.login_uid = login_uid(),
		.name = account_name(getuid(), arena),
		.from = clean_copy(from ? from : "", len, arena),
	};
}
