#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/actions.h"
#include "app/shell.h"
#include "base/privilege.h"
#include "base/rotation.h"
#include "store/compare.h"
#include "store/copy.h"
#include "store/repair.h"

/* Backup, restore, compact: the store as a whole. */

static void add_size(uint64_t bytes, struct buf *out)
{
	if (bytes < 10u << 20)
		buf_printf(out, "%llu KiB",
			   (unsigned long long)(bytes + 1023) >> 10);
	else
		buf_printf(out, "%llu MiB",
			   (unsigned long long)(bytes + (1 << 19)) >> 20);
}

/* What a whole check found in it. */
void shell_add_copy(const struct copy *copy, struct buf *out)
{
	buf_printf(out, "提案 %llu 件，历史 %llu 条，批次 %llu 个，",
		   (unsigned long long)copy->sums.proposals,
		   (unsigned long long)copy->sums.events,
		   (unsigned long long)copy->sums.batches);
	add_size(copy->bytes, out);
	buf_str(out, "，已通读检查；历史校验值 ");
	for (size_t i = 0; i < sizeof(copy->head); i++)
		buf_printf(out, "%02x", copy->head[i]);
}

static void say_copied(const char *path, const char *name,
		       const struct copy *copy)
{
	struct buf words = {0};

	shell_add_copy(copy, &words);
	shell_say("已备份到 %s%s：%s", path, name, buf_text(&words));
	buf_free(&words);
}

static bool write_backup(struct shell *shell, struct outfile *file,
			 struct copy *copy, struct err *err)
{
	unsigned told = 0;

	return store_copy(shell->store, file->fd, file->path, shell_tell, &told,
			  copy, err);
}

static bool rotate(struct shell *shell, struct err *err)
{
	struct rotation rotation;
	struct copy copy = {0};
	unsigned removed;

	if (!rotation_begin(&rotation, shell->options.rotate, err))
		return false;
	bool ok = write_backup(shell, &rotation.file, &copy, err) &&
		  rotation_finish(&rotation, &removed, err);
	if (ok)
		say_copied("", rotation.name, &copy);
	if (ok && removed)
		shell_say("已删去过期的备份 %u 份", removed);
	rotation_end(&rotation);
	return ok;
}

static bool backup_file(struct shell *shell, const char *path, struct err *err)
{
	struct outfile file;
	struct copy copy = {0};

	if (!outfile_open(&file, path, err))
		return false;
	bool ok = write_backup(shell, &file, &copy, err) &&
		  outfile_keep(&file, err);
	outfile_drop(&file);
	if (ok)
		say_copied(path, "", &copy);
	return ok;
}

bool shell_backup(struct shell *shell, struct err *err)
{
	bool rotates = shell->options.rotate;

	if (shell->arg_count != !rotates)
		return err_set(err, ERR_USAGE,
			       "要给出一个文件名，或用 --rotate 给出一个目录，"
			       "如 backup /media/usb/提案.mdb");
	if (!rotates && !strcmp(shell->args[0], "-"))
		return err_set(err, ERR_USAGE,
			       "备份要写成一个文件，不能写到标准输出");
	if (!shell_open(shell, err))
		return false;
	return rotates ? rotate(shell, err)
		       : backup_file(shell, shell->args[0], err);
}

static void say_swapped(const struct shell *shell, const char *what,
			const struct swapped *swapped)
{
	struct buf words = {0};

	shell_add_copy(&swapped->now, &words);
	shell_say("%s：%s", what, buf_text(&words));
	buf_free(&words);
	if (*swapped->kept)
		shell_say("原来的提案库留在 %s/%s；要换回去：proposals restore "
			  "%s",
			  shell->dir, swapped->kept, swapped->kept);
}

/* What an earlier restore kept aside has a name in the store's folder. */
static int open_backup(const struct shell *shell, const char *path,
		       struct err *err)
{
	int fd = store_open_kept(shell->dir, path);

	if (fd < 0)
		fd = open_as_user(path, O_RDONLY | O_NONBLOCK, 0);
	if (fd >= 0)
		return fd;
	err_set(err, ERR_USAGE, "%s", err_words(errno));
	err_in(err, "打不开 %s", path);
	return -1;
}

bool shell_restore(struct shell *shell, struct err *err)
{
	struct swapped swapped;
	unsigned told = 0;

	if (shell->arg_count != 1 || !*shell->args[0] ||
	    !strcmp(shell->args[0], "-"))
		return err_set(err, ERR_USAGE, "要给出一个备份文件的名字");
	const char *path = shell->args[0];
	int fd = shell_find(shell, err) ? open_backup(shell, path, err) : -1;
	if (fd < 0)
		return false;
	bool ok = store_restore(shell->dir, fd, path, shell_tell, &told,
				&swapped, err);
	close(fd);
	if (ok)
		say_swapped(shell, "已恢复", &swapped);
	return ok;
}

bool shell_compact(struct shell *shell, struct err *err)
{
	struct swapped swapped;
	struct buf words = {0};
	unsigned told = 0;

	if (!shell_find(shell, err) ||
	    !store_compact(shell->dir, shell_tell, &told, &swapped, err))
		return false;
	buf_str(&words, "已压缩，原来 ");
	add_size(swapped.before, &words);
	say_swapped(shell, buf_text(&words), &swapped);
	buf_free(&words);
	return true;
}

/* What is wrong, without the advice to restore: it is being repaired. */
static void tell_briefly(void *told, const char *sentence)
{
	const char *advice = strstr(sentence, "，请报告管理员");
	struct buf brief = {0};

	buf_add(&brief, sentence,
		advice ? (size_t)(advice - sentence) : strlen(sentence));
	shell_tell(told, buf_text(&brief));
	buf_free(&brief);
}

static bool run_repair(struct shell *shell, const struct strings *statuses,
		       struct err *err)
{
	struct repaired repaired;
	unsigned told = 0;

	if (!store_repair(shell->dir, statuses, tell_briefly, &told, &repaired,
			  err))
		return false;
	if (repaired.findings)
		say_swapped(shell, "已重建", &repaired.swapped);
	else
		shell_say("没有发现问题，什么都没有改动");
	return true;
}

bool shell_repair(struct shell *shell, struct err *err)
{
	const struct choices *known = &shell->config->choices[CHOICE_STATUS];
	struct arena arena = {0};
	struct strings statuses = {.count = known->count};

	if (shell->options.compare)
		return err_set(err, ERR_USAGE,
			       "--repair 和 --compare 不能一起用");
	if (shell->options.read_only)
		return err_set(err, ERR_REFUSED, "现在是只读方式，不能重建");
	statuses.items = arena_alloc(&arena, (known->count + 1) *
						     sizeof(*statuses.items));
	for (size_t i = 0; i < known->count; i++)
		statuses.items[i] = known->items[i].code;
	bool ok = shell_find(shell, err) && run_repair(shell, &statuses, err);
	arena_free(&arena);
	return ok;
}

/* Differences are messages; "the same" is what was asked for. */
bool shell_compare(struct shell *shell, struct err *err)
{
	const char *path = shell->options.compare;
	uint64_t differences = 0;
	struct store *other;
	unsigned told = 0;

	if (!store_open_other(&other, shell->store, path, err))
		return false;
	bool ok = store_compare(shell->store, other, path, shell_tell, &told,
				&differences, err);
	store_close(other);
	if (ok && differences)
		return err_set(err, ERR_NOT_FOUND, "与 %s 有 %llu 处不同", path,
			       (unsigned long long)differences);
	if (ok)
		buf_printf(&shell->out, "与 %s 完全相同\n", path);
	return ok;
}
