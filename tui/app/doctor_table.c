#include "app/doctor.h"

/* clang-format off */
const struct checkup checkups[] = {
	{"version",    "版本",       FAILS, look_version},
	{"program",    "程序",       FAILS, look_program},
	{"roles",      "角色",       WARNS, look_roles},
	{"nosuid",     "挂载选项",   FAILS, look_nosuid},
	{"privileges", "权限限制",   FAILS, look_no_new_privs},
	{"group",      "程序组",     FAILS, look_group},
	{"members",    "组成员",     FAILS, look_members},
	{"sheet",      "读表格程序", WARNS, look_sheet},
	{"login",      "登录身份",   WARNS, look_login},

	{"config",     "配置",       FAILS, look_config},
	{"config-file","配置文件",   FAILS, look_config_file},
	{"folder",     "提案库目录", FAILS, look_folder},
	{"files",      "提案库文件", FAILS, look_files},
	{"foreign",    "其他文件",   WARNS, look_foreign},
	{"disk",       "文件系统",   FAILS, look_disk},
	{"store",      "提案库",     FAILS, look_store},
	{"read-only",  "只读",       WARNS, look_read_only},
	{"free",       "磁盘空间",   WARNS, look_free},
	{"reserve",    "预留空间",   WARNS, look_reserve},
	{"map",        "容量",       WARNS, look_map},
	{"readers",    "读者",       WARNS, look_readers},
	{"writer",     "写入者",     WARNS, look_writer},
	{"people",     "在线",       WARNS, look_people},
	{"backup",     "备份",       WARNS, look_backup},

	{"admins",     "管理员",     WARNS, look_admins},
	{"accounts",   "帐号",       WARNS, look_accounts},
	{"shells",     "登录外壳",   WARNS, look_shells},
	{"sshd-force", "SSH 固定命令", WARNS, look_forced},
	{"sshd-forwarding", "SSH 转发", WARNS, look_forwarding},
	{"sshd-files", "SSH 个人文件", WARNS, look_user_files},
	{"sshd-alive", "SSH 断线",   WARNS, look_alive},
	{"sshd-startups", "SSH 同时登录", WARNS, look_startups},
	{"locale",     "语言",       WARNS, look_locale},
	{"terminal",   "终端",       WARNS, look_terminal},
};
/* clang-format on */

const size_t checkup_count = sizeof(checkups) / sizeof(*checkups);
