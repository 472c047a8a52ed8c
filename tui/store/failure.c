#include <errno.h>

#include "store/internal.h"

struct failure {
	int rc;
	enum err_code code;
	const char *text;
};

static const struct failure failures[] = {
	{MDB_MAP_FULL, ERR_STORE, "提案库已满（上限 16 GiB），请联系管理员"},
	{MDB_READERS_FULL, ERR_BUSY,
	 "同时使用的人太多（上限 1024），请稍后再试"},
	{MDB_INVALID, ERR_STORE,
	 "文件不是本程序的提案库，或已损坏，请从备份恢复"},
	{MDB_VERSION_MISMATCH, ERR_STORE,
	 "文件由另一版本的 LMDB 写成，请联系管理员"},
	{MDB_CORRUPTED, ERR_STORE, "文件已损坏，请从备份恢复"},
	{MDB_PAGE_NOTFOUND, ERR_STORE, "文件已损坏，请从备份恢复"},
	{MDB_NOTFOUND, ERR_STORE, "内容不完整，请从备份恢复"},
	{MDB_INCOMPATIBLE, ERR_STORE, "文件已损坏，请从备份恢复"},
	{MDB_PANIC, ERR_STORE, "提案库已停止工作，请退出后重新登录"},
	{MDB_TXN_FULL, ERR_STORE, "一次改得太多，请分几次进行"},
	{ENOSPC, ERR_STORE, "磁盘已满，请腾出空间后再试"},
	{EDQUOT, ERR_STORE, "磁盘配额已用完，请腾出空间后再试"},
	{EFBIG, ERR_STORE, "文件大小受到限制（ulimit -f），请联系管理员"},
	{EACCES, ERR_STORE, "没有权限，请联系管理员"},
	{EPERM, ERR_STORE, "没有权限，请联系管理员"},
	{EROFS, ERR_STORE, "磁盘是只读的，请联系管理员"},
	{EIO, ERR_STORE, "磁盘读写出错，请停止使用并联系管理员"},
	{ENOENT, ERR_STORE, "文件不见了，请检查路径"},
	{ELOOP, ERR_STORE, "不是普通文件，请检查路径"},
	{ENOTDIR, ERR_STORE, "不是目录，请检查路径"},
	{ENOMEM, ERR_STORE,
	 "内存不够（打开要 16 GiB 地址空间，备份和比较要两倍，见 ulimit -v）"},
	{EMFILE, ERR_STORE, "打开的文件太多，请联系管理员"},
	{ENFILE, ERR_STORE, "打开的文件太多，请联系管理员"},
	{EAGAIN, ERR_BUSY, "提案库正忙，请稍后再试"},
};

bool store_failed(struct err *err, int rc, const char *what)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++)
		if (failures[i].rc == rc)
			return err_set(err, failures[i].code, "%s：%s", what,
				       failures[i].text);
	if (rc > 0)
		return err_set(err, ERR_STORE, "%s：%s", what, err_words(rc));
	return err_set(err, ERR_STORE, "%s：LMDB 出错（%d），请联系管理员",
		       what, rc);
}

bool store_damaged(struct err *err, key k, const char *what)
{
	char label[64];

	key_label(k, 0, label);
	return err_set(err, ERR_STORE, "%s的%s已损坏，请从备份恢复", label,
		       what);
}

bool store_broken(struct err *err, const char *what)
{
	return err_set(err, ERR_STORE, "提案库的%s已损坏，请从备份恢复", what);
}
