#include <string.h>

#include "app/actions.h"
#include "app/shell.h"
#include "base/outfile.h"
#include "exchange/archive.h"
#include "exchange/rows.h"

/* export, and import of what it wrote. */

static bool to_file(void *arg, const struct buf *text, struct err *err)
{
	return outfile_write(arg, buf_text(text), text->len, err);
}

static bool to_output(void *arg, const struct buf *text, struct err *err)
{
	struct shell *shell = arg;

	buf_add(&shell->out, buf_text(text), text->len);
	return shell_flush_full(shell, err);
}

static bool write_archive(struct shell *shell, archive_sink *sink, void *arg,
			  struct check_sums *sums, struct err *err)
{
	return reading_begin(shell->store, &shell->reading, err) &&
	       archive_write(shell->reading, store_has_roles(shell->store),
			     sink, arg, sums, err);
}

static bool write_file(struct shell *shell, const char *path, struct err *err)
{
	struct check_sums sums;
	struct outfile file;

	if (!outfile_open(&file, path, err))
		return false;
	bool ok = write_archive(shell, to_file, &file, &sums, err) &&
		  outfile_keep(&file, err);
	outfile_drop(&file);
	if (ok)
		shell_say("已导出到 %s：提案 %llu 件，历史 %llu 条，批次 "
			  "%llu 个",
			  path, (unsigned long long)sums.proposals,
			  (unsigned long long)sums.events,
			  (unsigned long long)sums.batches);
	return ok;
}

bool shell_export(struct shell *shell, struct err *err)
{
	struct check_sums sums;

	if (shell->arg_count != 1 || !*shell->args[0])
		return err_set(err, ERR_USAGE,
			       "要给出一个文件，或 - 写到标准输出");
	if (!shell_open(shell, err))
		return false;
	return strcmp(shell->args[0], "-")
		       ? write_file(shell, shell->args[0], err)
		       : write_archive(shell, to_output, shell, &sums, err);
}

/* It is all or nothing, and nothing in it is anybody's to decide. */
static bool refuse_options(const struct shell *shell, struct err *err)
{
	const struct options *options = &shell->options;

	if (!options->status && !options->dry_run && !options->strict &&
	    !options->note)
		return true;
	return err_set(err, ERR_USAGE,
		       "这是整库导出的文件，导入时不能用 --status、--dry-run、"
		       "--strict、--note");
}

bool shell_import_archive(struct shell *shell, const struct rows *rows,
			  struct err *err)
{
	struct swapped swapped;
	struct buf words = {0};
	unsigned told = 0;

	if (!refuse_options(shell, err) || !shell_find(shell, err))
		return false;
	if (!archive_read(rows->archive, shell->dir, shell_tell, &told,
			  &swapped, err))
		return err_in(err, "%s", rows->source);
	shell_add_copy(&swapped.now, &words);
	shell_say("已按导出重建提案库：%s", buf_text(&words));
	buf_free(&words);
	return true;
}
