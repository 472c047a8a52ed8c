/*
 * Where the parts of an installation are. Fixed when it is built, since a
 * set-group-id program takes no path from anybody.
 */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

extern const char paths_store[];  /* /var/lib/proposals */
extern const char paths_backup[]; /* /var/backups/proposals */
extern const char paths_config[]; /* /etc/proposals/proposals.yaml */
extern const char paths_sheet[];  /* …/libexec/proposals/proposals-sheet */
extern const char paths_group[];  /* proposals: who may open the store */

#endif
