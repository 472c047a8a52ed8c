#include "base/paths.h"

/* The Makefile says where; these are its defaults. */
#ifndef LIBEXECDIR
#define LIBEXECDIR "/usr/local/libexec/proposals"
#define SYSCONFDIR "/etc/proposals"
#define STATEDIR "/var/lib/proposals"
#define BACKUPDIR "/var/backups/proposals"
#define GROUP "proposals"
#endif

const char paths_store[] = STATEDIR;
const char paths_backup[] = BACKUPDIR;
const char paths_config[] = SYSCONFDIR "/proposals.yaml";
const char paths_sheet[] = LIBEXECDIR "/proposals-sheet";
const char paths_group[] = GROUP;
