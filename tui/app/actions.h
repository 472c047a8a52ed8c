/* What the command table points to: at the screen, and in the shell. */
#ifndef APP_ACTIONS_H
#define APP_ACTIONS_H

#include <stdbool.h>

struct app;
struct err;
struct plan;
struct shell;

#define ACTION(name) \
	bool name(struct app *app, const char *arg, struct err *err)

/* move.c */
ACTION(run_up);
ACTION(run_down);
ACTION(run_page_up);
ACTION(run_page_down);
ACTION(run_first);
ACTION(run_last);
ACTION(run_left);
ACTION(run_right);
ACTION(run_next_pane);
ACTION(run_open);
ACTION(run_back);
ACTION(run_quit);
ACTION(run_interrupt);
ACTION(run_suspend);
ACTION(run_redraw);

/* mark.c */
ACTION(run_mark);
ACTION(run_range);
ACTION(run_range_up);
ACTION(run_range_down);
ACTION(run_mark_all);
ACTION(run_invert);
ACTION(run_unmark);
bool mark_numbers(struct app *app, const char *text, struct err *err);

/* find.c */
ACTION(run_goto);
ACTION(run_numbers);
ACTION(run_search);
ACTION(run_filter);
ACTION(run_late);
ACTION(run_clear);
ACTION(run_toggle);
ACTION(run_apply);
ACTION(run_filter_page);
ACTION(run_conditions);

/* change.c */
ACTION(run_status);
ACTION(run_confirm);
ACTION(run_note);
ACTION(run_digit);
ACTION(run_erase);
ACTION(run_undo);
ACTION(run_redo);

/* edit.c, edit_field.c */
ACTION(run_edit);
ACTION(run_save);
ACTION(run_take_theirs);
ACTION(run_take_mine);
ACTION(run_field);
ACTION(run_field_done);

/* view.c */
struct page;
bool fill_batch(struct app *app, struct page *page, int width, struct err *err);
ACTION(run_history);
ACTION(run_batches);
ACTION(run_batch_mark);
ACTION(run_batch_undo);
ACTION(run_palette);
ACTION(run_menu);
ACTION(run_help);

#define SHELL(name) bool name(struct shell *shell, struct err *err)

/* shell_read.c */
SHELL(shell_list);
SHELL(shell_show);
SHELL(shell_history);
SHELL(shell_batches);
SHELL(shell_count);
SHELL(shell_report);

/* shell_write.c */
SHELL(shell_import);
SHELL(shell_status);
SHELL(shell_undo);

/* shell_init.c, shell_user.c, doctor.c */
SHELL(shell_init);
SHELL(shell_user);
SHELL(shell_doctor);

/* shell_archive.c */
struct rows;
SHELL(shell_export);
bool shell_import_archive(struct shell *shell, const struct rows *rows,
			  struct err *err);

/* shell_keep.c */
SHELL(shell_backup);
SHELL(shell_restore);
SHELL(shell_compact);
SHELL(shell_repair);
SHELL(shell_compare);

/* shell_misc.c */
SHELL(shell_check);
SHELL(shell_help);

#endif
