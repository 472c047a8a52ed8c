#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "app/doctor.h"
#include "base/clock.h"
#include "base/paths.h"
#include "base/privilege.h"
#include "base/process.h"

#define MIB ((uint64_t)1 << 20)

enum {
	MODES = 07777,
	NAMED = 8,
	FREE_MIN = 256,    /* MiB, and the size of the store for a backup */
	MAP_FULL = 80,     /* % */
	READERS_FULL = 90, /* % of the slots */
	LAG_MAX = 1000     /* commits */
};

enum outcome look_config(struct doctor *doctor)
{
	const struct config *config = doctor->shell->config;

	if (!config)
		return doctor_bad(doctor, "请改正后再用；每一处都已列出", "%s",
				  doctor->config_err.text);
	return doctor_good(doctor, "%s",
			   *config->source ? config->source
					   : "内置的一份（没有配置文件）");
}

/* NULL, or what is wrong; the program needs the bits `open` for everybody. */
static const char *shared_wrong(const struct doctor *doctor,
				const struct stat *st, mode_t open)
{
	mode_t mode = st->st_mode;

	if (st->st_uid != 0 || st->st_mode & (S_IWGRP | S_IWOTH))
		return "的属主不是 root，或别人能改写";
	if (st->st_gid == doctor->program_stat.st_gid)
		mode |= mode >> 3;
	return (mode & open) == open ? NULL : "程序读不到";
}

/* The folder, too: who can write it can put another file there. */
enum outcome look_config_file(struct doctor *doctor)
{
	char folder[sizeof(doctor->program)];
	const char *wrong;
	struct stat st;

	if (!doctor->many || stat(paths_config, &st) != 0)
		return OUTCOME_NONE;
	if ((wrong = shared_wrong(doctor, &st, S_IROTH)))
		return doctor_bad(doctor, "请 chown root、chmod 644", "%s %s",
				  paths_config, wrong);
	size_t len = (size_t)(strrchr(paths_config, '/') - paths_config);
	memcpy(folder, paths_config, len);
	folder[len] = '\0';
	if (stat(folder, &st) == 0 &&
	    (wrong = shared_wrong(doctor, &st, S_IXOTH)))
		return doctor_bad(doctor, "请 chown root、chmod 755", "%s %s",
				  folder, wrong);
	return doctor_good(doctor, "只有 root 能改写");
}

static const char *owner(uid_t uid)
{
	/* cppcheck-suppress getpwuidCalled ; there is one thread */
	const struct passwd *account = getpwuid(uid);

	return account ? account->pw_name : "?";
}

static const char *group(gid_t gid)
{
	/* cppcheck-suppress getgrgidCalled ; there is one thread */
	const struct group *entry = getgrgid(gid);

	return entry ? entry->gr_name : "?";
}

enum outcome look_folder(struct doctor *doctor)
{
	const struct health *health = &doctor->health;
	const struct stat *st = &health->folder;
	const char *dir = doctor->shell->dir;

	if (!dir)
		return OUTCOME_NONE;
	if (health->folder_err.code)
		return doctor_bad(doctor,
				  doctor->many
					  ? "请 root 运行 proposals init "
					    "--system"
					  : "请用 proposals init 新建，或用 "
					    "--store 指明",
				  "%s", health->folder_err.text);
	if (!doctor->many && !(st->st_mode & (S_IWOTH | S_IROTH)))
		return doctor_good(doctor, "%s，%o %s:%s", dir,
				   st->st_mode & MODES, owner(st->st_uid),
				   group(st->st_gid));
	if (doctor->many && st->st_uid == 0 &&
	    st->st_gid == doctor->program_stat.st_gid &&
	    (st->st_mode & MODES) == 02770)
		return doctor_good(doctor, "%s，2770 root:%s", dir,
				   group(st->st_gid));
	return doctor_bad(doctor,
			  doctor->many ? "请 chown root:程序组、chmod 2770"
				       : "请 chmod 770",
			  "%s 是 %o %s:%s，%s", dir, st->st_mode & MODES,
			  owner(st->st_uid), group(st->st_gid),
			  doctor->many ? "应是 2770 root:程序组"
				       : "不该看到的人能看到");
}

/* NULL, or what is wrong with one of the store's files. */
static const char *file_wrong(const struct doctor *doctor,
			      const struct health_file *file)
{
	const struct stat *st = &file->st;

	if (!S_ISREG(st->st_mode))
		return "不是普通文件";
	if (st->st_nlink > 1)
		return "在别处还有另一个名字（硬链接）";
	if (st->st_mode & S_IRWXO)
		return "其他人能读写";
	if (doctor->many && st->st_gid != doctor->program_stat.st_gid)
		return "不属于程序组";
	if (doctor->many && (st->st_mode & 0660) != 0660)
		return "程序组不能读写";
	return NULL;
}

enum outcome look_files(struct doctor *doctor)
{
	const struct health *health = &doctor->health;
	size_t count = 0;

	for (size_t i = 0; i < health->file_count; i++) {
		const struct health_file *file = &health->files[i];
		const char *wrong =
			file->ours ? file_wrong(doctor, file) : NULL;

		count += file->ours;
		if (wrong)
			return doctor_bad(doctor,
					  doctor->many ? "应是 660 root:程序组"
						       : "请 chmod 660",
					  "%s（%o %s:%s）%s", file->name,
					  file->st.st_mode & MODES,
					  owner(file->st.st_uid),
					  group(file->st.st_gid), wrong);
	}
	return count ? doctor_good(doctor, "%zu 个，别人不能读写", count)
		     : OUTCOME_NONE;
}

/* A backup beside the store is lost with it, and open to the program. */
enum outcome look_foreign(struct doctor *doctor)
{
	const struct health *health = &doctor->health;
	const char *first = NULL;
	size_t count = 0;

	for (size_t i = 0; i < health->file_count; i++) {
		if (health->files[i].ours)
			continue;
		first = first ? first : health->files[i].name;
		count++;
	}
	if (!count)
		return OUTCOME_NONE;
	return doctor_bad(doctor, "不要了请删去；备份请放在另一块磁盘上",
			  "提案库目录里还有 %zu 个别的文件，如 %s", count,
			  first);
}

enum outcome look_disk(struct doctor *doctor)
{
	const struct health *health = &doctor->health;

	if (health->folder_err.code || !doctor->shell->dir)
		return OUTCOME_NONE;
	if (health->disk_err.code)
		return doctor_bad(doctor, "请移到本机磁盘", "%s",
				  health->disk_err.text);
	return doctor_good(doctor, "本机磁盘");
}

/* What the store says of itself says what to do as well. */
enum outcome look_store(struct doctor *doctor)
{
	const struct err *err = &doctor->store_err;

	if (err->code)
		return doctor_bad(doctor, "", "%s", err->text);
	return doctor_good(doctor, "可以打开；通读全库请用 proposals check");
}

enum outcome look_read_only(struct doctor *doctor)
{
	if (!doctor->shell->options.read_only)
		return OUTCOME_NONE;
	return doctor_bad(doctor, "要修改请去掉 --read-only",
			  "现在是只读方式，任何修改都会被拒绝");
}

enum outcome look_free(struct doctor *doctor)
{
	const struct health *health = &doctor->health;

	if (health->folder_err.code || !doctor->shell->dir)
		return OUTCOME_NONE;
	if (health->free < FREE_MIN * MIB + health->size)
		return doctor_bad(doctor, "请腾出空间",
				  "只剩 %llu MiB，大批修改会被拒绝，"
				  "也放不下一份备份",
				  (unsigned long long)(health->free / MIB));
	return doctor_good(doctor, "还有 %llu MiB，提案库用了 %llu MiB",
			   (unsigned long long)(health->free / MIB),
			   (unsigned long long)(health->size / MIB) + 1);
}

enum outcome look_reserve(struct doctor *doctor)
{
	const struct health *health = &doctor->health;

	if (!health->reserve_most)
		return OUTCOME_NONE;
	unsigned long long mib = health->reserve / MIB;
	bool little = health->reserve < health->reserve_most / 2;
	if (little && health->free < 2 * health->reserve_most)
		return doctor_bad(doctor, "请腾出空间，下次保存时会补足",
				  "只有 %llu MiB，磁盘满后很快就不能保存", mib);
	if (little)
		return doctor_good(doctor, "%llu MiB，下次保存时补足", mib);
	return doctor_good(doctor, "%llu MiB，磁盘满后还能保存小的修改", mib);
}

enum outcome look_map(struct doctor *doctor)
{
	const struct health *health = &doctor->health;

	if (!health->map_size)
		return OUTCOME_NONE;
	unsigned used = (unsigned)(health->map_used * 100 / health->map_size);
	if (used >= MAP_FULL)
		return doctor_bad(
			doctor, "请导出后另建新库", "已用上限 %llu MiB 的 %u%%",
			(unsigned long long)(health->map_size / MIB), used);
	return doctor_good(doctor, "上限 %llu MiB，已用 %u%%",
			   (unsigned long long)(health->map_size / MIB), used);
}

enum outcome look_readers(struct doctor *doctor)
{
	const struct health *health = &doctor->health;
	struct buf reader = {0};
	enum outcome outcome;

	if (!health->map_size)
		return OUTCOME_NONE;
	process_words(health->lag_pid, &reader);
	if (health->lag >= LAG_MAX)
		outcome = doctor_bad(doctor, "请查看这个进程，不要了就结束它",
				     "%s 停在 %llu 次保存之前，文件会一直变大",
				     buf_text(&reader),
				     (unsigned long long)health->lag);
	else if (health->readers * 100 >= health->readers_max * READERS_FULL)
		outcome = doctor_bad(doctor, "请结束不用的会话",
				     "%u 个位置已占 %u 个", health->readers_max,
				     health->readers);
	else
		outcome = doctor_good(
			doctor, "%u 个位置用了 %u 个，清理已结束的 %u 个",
			health->readers_max, health->readers, health->dead);
	buf_free(&reader);
	return outcome;
}

enum outcome look_writer(struct doctor *doctor)
{
	const struct gate_holder *writer = &doctor->health.writer;
	char when[17];

	if (!writer->pid)
		return doctor->health.map_size
			       ? doctor_good(doctor, "没有人正在写入")
			       : OUTCOME_NONE;
	clock_format(writer->since, when);
	if (writer->stopped)
		return doctor_bad(
			doctor,
			"请让它继续（kill -CONT）或结束它（kill -KILL）",
			"%s（进程 %u）自 %s 起在写入，但已被暂停，"
			"别人都不能保存",
			writer->name, (unsigned)writer->pid, when);
	return doctor_good(doctor, "%s（进程 %u）自 %s 起在写入", writer->name,
			   (unsigned)writer->pid, when);
}

enum outcome look_people(struct doctor *doctor)
{
	const struct health *health = &doctor->health;
	struct buf names = {0};
	size_t count = 0;

	for (size_t i = 0; i < health->people_count; i++) {
		if (health->people[i] == (uint32_t)getpid())
			continue;
		if (count++ < NAMED) {
			buf_str(&names, count > 1 ? "、" : "");
			process_words(health->people[i], &names);
		}
	}
	if (!count)
		return OUTCOME_NONE;
	doctor_good(doctor, "%zu 个程序：%s%s", count, buf_text(&names),
		    count > NAMED ? "等" : "");
	buf_free(&names);
	return OUTCOME_GOOD;
}
