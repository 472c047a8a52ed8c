#include <errno.h>
#include <stddef.h>

#include "base/err.h"

static const struct {
	int code;
	const char *words;
} causes[] = {
	{ENOENT, "没有这个文件"},
	{EACCES, "没有权限"},
	{EPERM, "没有权限"},
	{ENOTDIR, "路径中有一段不是目录"},
	{EISDIR, "这是一个目录，不是文件"},
	{EEXIST, "已经有了"},
	{ELOOP, "符号链接绕成了圈"},
	{ENAMETOOLONG, "名字太长"},
	{ENOSPC, "磁盘已满"},
	{EDQUOT, "磁盘配额已用完"},
	{EFBIG, "文件太大"},
	{EROFS, "磁盘是只读的"},
	{EIO, "读写出错"},
	{EPIPE, "对方已经关闭"},
	{EBADF, "已经关闭"},
	{EINVAL, "不能这样使用"},
	{ENXIO, "没有这个设备"},
	{ENODEV, "没有这个设备"},
	{EBUSY, "正被占用"},
	{ETXTBSY, "正被占用"},
	{EAGAIN, "资源暂时不够"},
	{ENOMEM, "内存不够"},
	{EMFILE, "打开的文件太多"},
	{ENFILE, "打开的文件太多"},
	{ENOEXEC, "不是可以运行的程序"},
	{EINTR, "被打断"},
};

const char *err_words(int code)
{
	for (size_t i = 0; i < sizeof(causes) / sizeof(*causes); i++) {
		if (causes[i].code == code)
			return causes[i].words;
	}
	return "系统出错";
}
