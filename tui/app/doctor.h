/*
 * `doctor`: whether this installation is as it should be, a line a check. It
 * looks and changes nothing, starts no other program, and runs also when the
 * configuration or the store cannot be read.
 *
 * A check is a row of the table in doctor_table.c: its name, its word, what a
 * failure means, and a function that looks. For doctor*.c and their tests.
 */
#ifndef APP_DOCTOR_H
#define APP_DOCTOR_H

#include <sys/stat.h>

#include "app/doctor_sshd.h"
#include "app/shell.h"
#include "store/health.h"
#include "store/users.h"

/* OUTCOME_NONE: it does not apply here, and nothing is printed. */
enum outcome { OUTCOME_NONE, OUTCOME_GOOD, OUTCOME_BAD };

/* What OUTCOME_BAD means: 注意, or 错误 and exit status 4. */
enum severity { WARNS, FAILS };

/* What the checks look at. */
struct doctor {
	struct shell *shell;
	char program[4096];               /* its path */
	struct stat program_stat;         /* zero when unknown */
	bool many;                        /* its file is set-group-id */
	struct err config_err, store_err; /* code 0: it could be read */
	struct health health;
	struct sshd sshd;
	struct arena arena;
	struct user *users; /* NULL, 0 for who may not see them */
	size_t user_count;

	/* Of the check that is running: what there is, what to do. */
	struct buf found, todo;
};

struct checkup {
	const char *name;  /* program */
	const char *label; /* 程序 */
	enum severity severity;
	enum outcome (*look)(struct doctor *doctor);
};
extern const struct checkup checkups[];
extern const size_t checkup_count;

/* The two outcomes, with what there is in words. */
enum outcome doctor_good(struct doctor *doctor, const char *fmt, ...)
	PRINTF(2, 3);
enum outcome doctor_bad(struct doctor *doctor, const char *todo,
			const char *fmt, ...) PRINTF(3, 4);

/* doctor_program.c: the program and what the kernel gives it. */
enum outcome look_version(struct doctor *doctor);
enum outcome look_program(struct doctor *doctor);
enum outcome look_roles(struct doctor *doctor);
enum outcome look_nosuid(struct doctor *doctor);
enum outcome look_no_new_privs(struct doctor *doctor);
enum outcome look_group(struct doctor *doctor);
enum outcome look_members(struct doctor *doctor);
enum outcome look_sheet(struct doctor *doctor);

/* doctor_backup.c: when the last one was made. */
enum outcome look_backup(struct doctor *doctor);

/* doctor_store.c: the register and its files. */
enum outcome look_config(struct doctor *doctor);
enum outcome look_config_file(struct doctor *doctor);
enum outcome look_folder(struct doctor *doctor);
enum outcome look_files(struct doctor *doctor);
enum outcome look_foreign(struct doctor *doctor);
enum outcome look_disk(struct doctor *doctor);
enum outcome look_store(struct doctor *doctor);
enum outcome look_read_only(struct doctor *doctor);
enum outcome look_free(struct doctor *doctor);
enum outcome look_reserve(struct doctor *doctor);
enum outcome look_map(struct doctor *doctor);
enum outcome look_readers(struct doctor *doctor);
enum outcome look_writer(struct doctor *doctor);
enum outcome look_people(struct doctor *doctor);

/* doctor_users.c: who they are, and how they come in. */
enum outcome look_login(struct doctor *doctor);
enum outcome look_admins(struct doctor *doctor);
enum outcome look_accounts(struct doctor *doctor);
enum outcome look_shells(struct doctor *doctor);
enum outcome look_forced(struct doctor *doctor);
enum outcome look_forwarding(struct doctor *doctor);
enum outcome look_user_files(struct doctor *doctor);
enum outcome look_alive(struct doctor *doctor);
enum outcome look_startups(struct doctor *doctor);
enum outcome look_locale(struct doctor *doctor);
enum outcome look_terminal(struct doctor *doctor);

#endif
