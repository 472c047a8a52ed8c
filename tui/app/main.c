#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "app/app.h"
#include "app/last.h"
#include "app/shell.h"
#include "base/crash.h"
#include "base/paths.h"
#include "base/privilege.h"
#include "base/version.h"
#include "domain/excerpt.h"
#include "query/views.h"

/* Mistakes in the configuration are all told, one a line. */
static bool load_config(struct shell *shell, struct err *err)
{
	struct buf mistakes = {0};
	char word[EXCERPT_SIZE];
	session current;
	bool ok = views_load_config(&shell->config, shell->options.config,
				    &mistakes, err);

	if (mistakes.len) {
		fputs(buf_text(&mistakes), stderr);
		err->text[0] = '\0';
	}
	buf_free(&mistakes);
	if (!ok || !shell->options.session)
		return ok;
	if (!session_parse(shell->options.session, &current)) {
		excerpt(shell->options.session, strlen(shell->options.session),
			word);
		return err_set(err, ERR_USAGE,
			       "“%s”不是届次，应如 14-3 或 十四届三次", word);
	}
	shell->config->current = current;
	return true;
}

/* Where it was left, unless the command line says where to begin. */
static void start_from(struct shell *shell, struct app *app, struct last *last)
{
	struct err err;

	app->last = last;
	app->dir = shell->dir;
	if (!last_load(last, shell->dir, &err))
		app_say(app, STYLE_WARN, "%s", err.text);
	else if (last->known && !shell->options.session)
		app->model.start = &last->view;
}

static bool run_interface(struct shell *shell, struct err *err)
{
	struct app app = {.config = shell->config};
	struct last last = {0};
	const char *warning = NULL;
	bool ok = shell_open(shell, err) &&
		  screen_start(&app.screen, shell->config->ambiguous_width,
			       &warning, err);

	if (!ok)
		return false;
	app.store = shell->store;
	who_am_i(&app.who, &app.arena);
	model_init(&app.model, app.store, app.config);
	app.model.user = app.who.name;
	app.model.read_only = shell->options.read_only;
	start_from(shell, &app, &last);
	if (warning)
		app_say(&app, STYLE_WARN, "%s", warning);
	ok = app_run(&app, err);
	shell->ended_by = screen_closed_by(app.screen);
	screen_stop(app.screen);
	model_free(&app.model);
	arena_free(&app.arena);
	last_free(&last);
	if (ok && app.unsaved.code)
		shell_say("%s", app.unsaved.text);
	return ok;
}

/*
 * With the group held nobody says where the register and its settings are; to
 * try a configuration the group is given up first.
 */
static bool check_places(const struct shell *shell, struct err *err)
{
	const struct options *options = &shell->options;

	if (!privilege_held())
		return true;
	if (options->store)
		return err_set(err, ERR_USAGE,
			       "这里多人共用一个提案库 %s，不能用 --store",
			       paths_store);
	if (options->config && !options->print_config)
		return err_set(err, ERR_USAGE,
			       "这里多人共用一份配置 %s，--config 只能和 "
			       "--print-config 一起用，检查写好的文件",
			       paths_config);
	return !options->config || privilege_drop(err);
}

/* The role is asked when the store is open. */
static bool run_command(struct shell *shell, struct err *err)
{
	if (!command_may(shell->command, shell->options.read_only, ACCESS_ROOT,
			 err))
		return false;
	bool ok = shell->command->shell(shell, err);
	return shell_sound(shell, err) && ok;
}

static bool run(struct shell *shell, struct err *err)
{
	if (shell->options.version) {
		buf_str(&shell->out, "proposals " VERSION "\n");
		return true;
	}
	if (shell->options.help) {
		if (shell->command) {
			shell->args--;
			shell->arg_count = 1;
		}
		return shell_help(shell, err);
	}
	if (!check_places(shell, err))
		return false;
	if (shell->command && shell->command->flags & BARE)
		return run_command(shell, err);
	if (!load_config(shell, err))
		return false;
	if (shell->options.print_config) {
		config_print(shell->config, &shell->out);
		return true;
	}
	return shell->command ? run_command(shell, err)
			      : run_interface(shell, err);
}

static void shell_free(struct shell *shell)
{
	if (shell->reading)
		reading_end(shell->reading);
	catalog_free(&shell->catalog);
	store_close(shell->store);
	config_free(shell->config);
	buf_free(&shell->out);
	free(shell->dir);
}

/* As any filter whose reader has left, but with the store closed. */
static void end_unread(void)
{
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
}

int app_main(int argc, char **argv)
{
	struct shell shell = {0};
	struct err err = {0}, late = {0};

	crash_catch();
	bool ok = privilege_start(argc, &err) &&
		  options_parse(&shell, argc, argv, &err) && run(&shell, &err);

	/* What was found before a failure is still data. */
	if (!shell_flush(&shell, &late) && ok)
		err = late;
	if (err.code && *err.text)
		shell_say("%s", err.text);
	shell_free(&shell);
	if (shell.unread)
		end_unread();
	if (shell.ended_by && !err.code)
		return 128 + shell.ended_by;
	return err_status(err.code);
}
