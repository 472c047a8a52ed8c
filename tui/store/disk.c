#include <errno.h>
#include <linux/magic.h>
#include <sys/vfs.h>

#include "store/internal.h"

/* Of file systems that other hosts may have mounted as well. */
static const struct {
	unsigned long magic;
	const char *name;
} shared[] = {
	{NFS_SUPER_MAGIC, "NFS"},     {SMB_SUPER_MAGIC, "SMB"},
	{CIFS_SUPER_MAGIC, "CIFS"},   {SMB2_SUPER_MAGIC, "SMB"},
	{FUSE_SUPER_MAGIC, "FUSE"},   {V9FS_MAGIC, "9P"},
	{AFS_SUPER_MAGIC, "AFS"},     {AFS_FS_MAGIC, "AFS"},
	{CODA_SUPER_MAGIC, "Coda"},   {NCP_SUPER_MAGIC, "NCP"},
	{OCFS2_SUPER_MAGIC, "OCFS2"}, {CEPH_SUPER_MAGIC, "Ceph"},
	{0x01161970, "GFS2"},         {0x0BD00BD0, "Lustre"},
	{0x47504653, "GPFS"},         {0x786F4256, "vboxsf"},
};

const char *disk_shared(unsigned long magic)
{
	for (size_t i = 0; i < sizeof(shared) / sizeof(*shared); i++)
		if (shared[i].magic == (magic & 0xFFFFFFFFu))
			return shared[i].name;
	return NULL;
}

bool disk_local(const char *dir, struct err *err)
{
	struct statfs fs;

	if (statfs(dir, &fs))
		return store_failed(err, errno, dir);
	const char *name = disk_shared((unsigned long)fs.f_type);
	if (!name)
		return true;
	return err_set(err, ERR_STORE,
		       "%s 在网络或共享的文件系统（%s）上，提案库只能放在本机"
		       "磁盘上",
		       dir, name);
}
