#include <errno.h>
#include <stdio.h>

#include "app/doctor.h"
#include "base/clock.h"
#include "base/paths.h"
#include "base/rotation.h"

/* A night and the day behind it may pass. */
enum { DAYS_MAX = 2, DATE_AT = 6, DATE_LEN = 10 };

static const char *const todo =
	"请以 root 运行 systemctl enable --now proposals-backup.timer，"
	"再看 journalctl -u proposals-backup";

/* Only who may look into the folder is told: root. */
enum outcome look_backup(struct doctor *doctor)
{
	char name[32], date[DATE_LEN + 1];
	day made, today = clock_today();
	struct err err;

	if (!doctor->many)
		return OUTCOME_NONE;
	if (!rotation_newest(paths_backup, name))
		return errno == ENOENT
			       ? doctor_bad(doctor,
					    "请建立这个目录，属主 root，权限 "
					    "700，或挂载它所在的磁盘",
					    "没有备份目录 %s", paths_backup)
			       : OUTCOME_NONE;
	if (!*name)
		return doctor_bad(doctor, todo, "%s 里还没有备份",
				  paths_backup);
	snprintf(date, sizeof(date), "%.*s", DATE_LEN, name + DATE_AT);
	if (!day_parse(date, today, &made, &err) || today > made + DAYS_MAX)
		return doctor_bad(doctor, todo, "最近一次备份是 %s", date);
	return doctor_good(doctor, "最近一次是 %s", date);
}
