#include "world.h"

#include <err.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int entry_of(const struct world *world, const char *path)
{
	for (int i = 0; i < world->entry_count; i++)
		if (!strcmp(world->entries[i].path, path))
			return i;
	return -1;
}

int world_find(const struct world *world, const char *path)
{
	int at = entry_of(world, path);

	return at < 0 ? -1 : world->entries[at].inode;
}

int world_inode(const struct world *world, uint64_t number)
{
	for (int i = world->inode_count - 1; i >= 0; i--)
		if (world->inodes[i].number == number)
			return i;
	return -1;
}

static int add_inode(struct world *world, uint64_t number, bool folder)
{
	if (world->inode_count == INODES_MAX)
		errx(2, "more than %d files were made", INODES_MAX);
	world->inodes[world->inode_count] =
		(struct inode){.number = number, .folder = folder};
	return world->inode_count++;
}

static void take_out(struct world *world, const char *path)
{
	int at = entry_of(world, path);

	if (at >= 0)
		world->entries[at] = world->entries[--world->entry_count];
}

static void put_in(struct world *world, const char *path, int inode)
{
	take_out(world, path);
	if (world->entry_count == ENTRIES_MAX)
		errx(2, "more than %d names at once", ENTRIES_MAX);
	struct entry *entry = &world->entries[world->entry_count++];
	if (snprintf(entry->path, NAME_SIZE, "%s", path) >= NAME_SIZE)
		errx(2, "a name is too long: %s", path);
	entry->inode = inode;
}

/* Longer with zeros, as a file gets. */
static void resize(struct inode *inode, size_t size)
{
	if (size > inode->room) {
		inode->room = 2 * size;
		inode->bytes = realloc(inode->bytes, inode->room);
		if (!inode->bytes)
			errx(2, "no memory");
	}
	if (size > inode->size)
		memset(inode->bytes + inode->size, 0, size - inode->size);
	inode->size = size;
}

static void write_bytes(struct inode *inode, const struct op *op,
			struct part part)
{
	size_t end = op->offset + part.to;

	if (end > inode->size)
		resize(inode, end);
	memcpy(inode->bytes + op->offset + part.from, op->bytes + part.from,
	       part.to - part.from);
}

static void move(struct world *world, const struct op *op)
{
	if (world_find(world, op->from) == op->inode)
		take_out(world, op->from);
	put_in(world, op->path, op->inode);
}

void world_apply(struct world *world, const struct op *op, struct part part)
{
	struct inode *inode = &world->inodes[op->inode];

	switch (op->type) {
	case CRASH_WRITE:
		write_bytes(inode, op, part);
		break;
	case CRASH_CUT:
		resize(inode, op->offset);
		break;
	case CRASH_GROW:
		if (inode->size < op->offset)
			resize(inode, op->offset);
		break;
	case CRASH_CREATE:
	case CRASH_LINK:
	case CRASH_FOLDER:
		put_in(world, op->path, op->inode);
		break;
	case CRASH_MOVE:
		move(world, op);
		break;
	case CRASH_REMOVE:
		if (world_find(world, op->path) == op->inode)
			take_out(world, op->path);
		break;
	case CRASH_ROOT:
	case CRASH_KNOWN:
	case CRASH_NAMELESS:
	case CRASH_SYNC:
	case CRASH_ACK:
		break;
	}
}

/* Kept as long as the program runs, like the log. */
static const char *name_at(const unsigned char *bytes, size_t length)
{
	char *name = strndup((const char *)bytes, length);

	if (!name)
		errx(2, "no memory");
	return name;
}

/* The folder that a name stands in; the root has the first inode. */
static int folder_of(const struct world *live, const char *path)
{
	const char *slash = strrchr(path, '/');
	char parent[NAME_SIZE];

	if (!slash)
		return 0;
	snprintf(parent, sizeof(parent), "%.*s", (int)(slash - path), path);
	return world_find(live, parent);
}

static void name_op(struct world *live, const struct crash_event *event,
		    const unsigned char *payload, struct op *op)
{
	const char *path = name_at(payload, event->length);

	op->path = path;
	if (event->type == CRASH_MOVE) {
		op->from = path;
		op->path = name_at(payload + strlen(path) + 1,
				   event->length - strlen(path) - 1);
	}
	if (event->type == CRASH_LINK)
		op->inode = world_inode(live, event->inode);
	else if (event->type == CRASH_MOVE || event->type == CRASH_REMOVE)
		op->inode = world_find(live, path);
	else
		op->inode = add_inode(live, event->inode,
				      event->type == CRASH_FOLDER);
	op->folder = folder_of(live, op->path);
}

static bool known(const struct world *live, const struct crash_event *event,
		  const unsigned char *payload)
{
	if (world_inode(live, event->inode) < 0 && event->offset)
		errx(2, "not empty when recording began: %.*s",
		     (int)event->length, (const char *)payload);
	return false;
}

bool world_op(struct world *live, const struct crash_event *event,
	      const unsigned char *payload, struct op *op)
{
	*op = (struct op){.type = (enum crash_type)event->type};
	switch (op->type) {
	case CRASH_ROOT:
		if (!live->inode_count)
			add_inode(live, event->inode, true);
		return false;
	case CRASH_KNOWN:
		return known(live, event, payload);
	case CRASH_NAMELESS:
		add_inode(live, event->inode, false);
		return false;
	case CRASH_CREATE:
	case CRASH_LINK:
	case CRASH_FOLDER:
	case CRASH_MOVE:
	case CRASH_REMOVE:
		name_op(live, event, payload, op);
		break;
	case CRASH_WRITE:
	case CRASH_CUT:
	case CRASH_GROW:
		op->inode = world_inode(live, event->inode);
		op->offset = event->offset;
		op->bytes = payload;
		op->length = event->length;
		break;
	case CRASH_SYNC:
	case CRASH_ACK:
		return false;
	}
	if (op->inode < 0)
		return false;
	world_apply(live, op, (struct part){true, 0, op->length});
	return true;
}

void world_learn(struct world *to, const struct world *from)
{
	while (to->inode_count < from->inode_count) {
		const struct inode *inode = &from->inodes[to->inode_count];

		add_inode(to, inode->number, inode->folder);
	}
}

void world_copy(struct world *to, const struct world *from)
{
	world_learn(to, from);
	for (int i = 0; i < from->inode_count; i++) {
		struct inode *inode = &to->inodes[i];
		const struct inode *other = &from->inodes[i];

		resize(inode, 0);
		resize(inode, other->size);
		if (other->size)
			memcpy(inode->bytes, other->bytes, other->size);
	}
	memcpy(to->entries, from->entries, sizeof(to->entries));
	to->entry_count = from->entry_count;
}

/* A name whose folder is lost is lost with it. */
static bool reachable(const struct world *world, const char *path)
{
	char parent[NAME_SIZE];

	snprintf(parent, sizeof(parent), "%s", path);
	for (char *slash; (slash = strrchr(parent, '/'));) {
		*slash = '\0';
		int inode = world_find(world, parent);
		if (inode < 0 || !world->inodes[inode].folder)
			return false;
	}
	return true;
}

/* For remove_one(), which nftw() gives no argument. */
static const struct world *wanted;
static size_t skipped;

/* What is to be there stays, to be overwritten: that is quicker. */
static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *at)
{
	(void)st;
	const char *name = path + skipped;
	if (at->level == 0 ||
	    (entry_of(wanted, name) >= 0 && reachable(wanted, name)))
		return 0;
	return type == FTW_DP ? rmdir(path) : unlink(path);
}

/* The other name that a file has been written under already, or NULL. */
static const struct entry *other_name(const struct world *world,
				      const struct entry *entry)
{
	for (const struct entry *at = world->entries; at < entry; at++)
		if (at->inode == entry->inode && reachable(world, at->path))
			return at;
	return NULL;
}

/* One that has two names in one state may be two files in the next. */
static void part(const char *path)
{
	struct stat st;

	if (!stat(path, &st) && st.st_nlink > 1)
		unlink(path);
}

static bool write_file(const struct inode *inode, const char *path)
{
	part(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	bool ok = fd >= 0;

	if (ok && !crash_no_contents(path))
		ok = pwrite(fd, inode->bytes, inode->size, 0) ==
			     (ssize_t)inode->size &&
		     !ftruncate(fd, (off_t)inode->size);
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool write_entry(const struct world *world, const struct entry *entry,
			const char *folder)
{
	const struct entry *other = other_name(world, entry);
	char path[2 * NAME_SIZE], first[2 * NAME_SIZE];

	snprintf(path, sizeof(path), "%s/%s", folder, entry->path);
	if (world->inodes[entry->inode].folder)
		return !mkdir(path, 0770) || !access(path, X_OK);
	if (!other)
		return write_file(&world->inodes[entry->inode], path);
	snprintf(first, sizeof(first), "%s/%s", folder, other->path);
	unlink(path);
	return !link(first, path);
}

/* Folders first, the short paths before the long ones. */
static bool write_entries(const struct world *world, const char *folder,
			  bool folders)
{
	for (int depth = 0; depth < 8; depth++)
		for (int i = 0; i < world->entry_count; i++) {
			const struct entry *entry = &world->entries[i];
			int slashes = 0;

			for (const char *at = entry->path; *at; at++)
				slashes += *at == '/';
			if (slashes != depth ||
			    world->inodes[entry->inode].folder != folders ||
			    !reachable(world, entry->path))
				continue;
			if (!write_entry(world, entry, folder)) {
				warn("%s/%s", folder, entry->path);
				return false;
			}
		}
	return true;
}

bool world_write(const struct world *world, const char *folder)
{
	wanted = world;
	skipped = strlen(folder) + 1;
	if (nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS)) {
		warn("%s", folder);
		return false;
	}
	return write_entries(world, folder, true) &&
	       write_entries(world, folder, false);
}
