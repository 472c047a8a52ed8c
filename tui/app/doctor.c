#include "app/doctor.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/actions.h"
#include "base/clean.h"
#include "base/json.h"
#include "base/width.h"
#include "query/views.h"

#define SSHD_CONFIG "/etc/ssh/sshd_config"

/* As wide as the widest label. */
enum { LABEL_CELLS = 13 };

PRINTF(2, 0)
static void add(struct buf *out, const char *fmt, va_list ap)
{
	char *text = NULL;

	if (vasprintf(&text, fmt, ap) >= 0)
		buf_str(out, text);
	free(text);
}

enum outcome doctor_good(struct doctor *doctor, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(&doctor->found, fmt, ap);
	va_end(ap);
	return OUTCOME_GOOD;
}

enum outcome doctor_bad(struct doctor *doctor, const char *todo,
			const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(&doctor->found, fmt, ap);
	va_end(ap);
	buf_str(&doctor->todo, todo);
	return OUTCOME_BAD;
}

static void find_program(struct doctor *doctor)
{
	ssize_t len = readlink("/proc/self/exe", doctor->program,
			       sizeof(doctor->program) - 1);

	doctor->program[len > 0 ? len : 0] = '\0';
	if (stat("/proc/self/exe", &doctor->program_stat) != 0)
		doctor->program_stat = (struct stat){0};
	doctor->many = doctor->program_stat.st_mode & S_ISGID;
}

/* Every mistake is told, before the first line about anything. */
static void read_config(struct doctor *doctor)
{
	struct shell *shell = doctor->shell;
	struct buf mistakes = {0};

	if (!views_load_config(&shell->config, shell->options.config, &mistakes,
			       &doctor->config_err))
		fputs(buf_text(&mistakes), stderr);
	buf_free(&mistakes);
}

/* Who may not read gets no list, which is no fault of the store. */
static void read_store(struct doctor *doctor)
{
	struct shell *shell = doctor->shell;
	struct err *err = &doctor->store_err;

	if (!shell_open(shell, err) ||
	    !reading_begin(shell->store, &shell->reading, err) ||
	    !reading_users(shell->reading, &doctor->arena, &doctor->users,
			   &doctor->user_count, err))
		doctor->user_count = 0;
	if (err->code == ERR_DENIED)
		*err = (struct err){0};
	if (shell->reading)
		reading_end(shell->reading);
	shell->reading = NULL;
	if (shell->dir)
		health_look(shell->dir, shell->store, &doctor->health);
}

static const char *result(const struct checkup *checkup, enum outcome outcome,
			  bool json)
{
	if (outcome == OUTCOME_GOOD)
		return json ? "ok" : "正常";
	if (checkup->severity == WARNS)
		return json ? "warning" : "注意";
	return json ? "error" : "错误";
}

static void print_json(struct doctor *doctor, const struct checkup *checkup,
		       enum outcome outcome)
{
	struct buf *out = &doctor->shell->out;

	buf_printf(out, "{\"check\":\"%s\",\"result\":\"%s\",\"found\":",
		   checkup->name, result(checkup, outcome, true));
	json_quote(buf_text(&doctor->found), out);
	buf_str(out, ",\"do\":");
	json_quote(buf_text(&doctor->todo), out);
	buf_str(out, "}\n");
}

static void print(struct doctor *doctor, const struct checkup *checkup,
		  enum outcome outcome)
{
	struct buf *out = &doctor->shell->out;
	int cells = width_text(checkup->label);

	buf_printf(out, "%s  %s", result(checkup, outcome, false),
		   checkup->label);
	for (; cells < LABEL_CELLS; cells++)
		buf_char(out, ' ');
	buf_char(out, ' ');
	clean_line(out, buf_text(&doctor->found), doctor->found.len);
	if (doctor->todo.len) {
		buf_str(out, "；");
		clean_line(out, buf_text(&doctor->todo), doctor->todo.len);
	}
	buf_char(out, '\n');
}

/* Whether it is good, or no more than a warning. */
static bool check(struct doctor *doctor, const struct checkup *checkup)
{
	enum outcome outcome;

	buf_reset(&doctor->found);
	buf_reset(&doctor->todo);
	outcome = checkup->look(doctor);
	if (outcome == OUTCOME_NONE)
		return true;
	if (doctor->shell->options.json)
		print_json(doctor, checkup, outcome);
	else
		print(doctor, checkup, outcome);
	return outcome == OUTCOME_GOOD || checkup->severity == WARNS;
}

bool shell_doctor(struct shell *shell, struct err *err)
{
	struct doctor doctor = {.shell = shell};
	size_t wrong = 0;

	find_program(&doctor);
	read_config(&doctor);
	read_store(&doctor);
	sshd_read(SSHD_CONFIG, "proposals", &doctor.sshd);
	for (size_t i = 0; i < checkup_count; i++)
		wrong += !check(&doctor, &checkups[i]);
	arena_free(&doctor.arena);
	buf_free(&doctor.found);
	buf_free(&doctor.todo);
	health_free(&doctor.health);
	return !wrong || err_set(err, ERR_STORE,
				 "有 %zu 项错误，请按上面的提示处理", wrong);
}
