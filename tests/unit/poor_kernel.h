/*
 * The kernel of a child is made to answer like the file system of a memory
 * stick or of a share in the network: no file without a name, and no second
 * name for a file (no_links), or no rename that replaces nothing.
 */
#ifndef UNIT_POOR_KERNEL_H
#define UNIT_POOR_KERNEL_H

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static inline struct sock_filter poor_answer(unsigned why)
{
	return (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
					    SECCOMP_RET_ERRNO | why);
}

static inline bool poor_kernel(bool no_links)
{
	enum { TMPFILE_BIT = 020000000, FLAGS = 32, NUMBER = 0 };
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, NUMBER),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, FLAGS),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, TMPFILE_BIT, 0, 1),
		poor_answer(EOPNOTSUPP),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, NUMBER),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
			 no_links ? SYS_linkat : SYS_renameat2, 0, 1),
		poor_answer(no_links ? EPERM : EINVAL),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(filter) / sizeof(*filter), filter};

	return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
	       !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#endif
