/*
 * What sshd's configuration says about those who come in over SSH. The files
 * are read, sshd is not asked: that takes root, and starts a program.
 */
#ifndef APP_DOCTOR_SSHD_H
#define APP_DOCTOR_SSHD_H

#include <stdbool.h>

/* Of the first block whose ForceCommand is this program, and of all. */
struct sshd {
	bool found;          /* there is a configuration, and it can be read */
	bool forced;         /* … with such a block */
	char group[64];      /* that it is for; "": for others, or who knows */
	bool no_forwarding;  /* DisableForwarding yes */
	bool no_user_rc;     /* PermitUserRC no */
	bool no_environment; /* PermitUserEnvironment no */
	int alive_interval;  /* ClientAliveInterval, in seconds; 0: never */
	int alive_count;     /* ClientAliveCountMax */
	int startups;        /* the first figure of MaxStartups */
};

/* `program` is the last part of its path. Never fails: see `found`. */
void sshd_read(const char *path, const char *program, struct sshd *out);

#endif
