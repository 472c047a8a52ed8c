/* How the list is arranged; what the command table points to (actions.h). */
#ifndef APP_ARRANGE_H
#define APP_ARRANGE_H

#include "app/actions.h"

ACTION(run_sort);

/* Space in a menu: one more, where there may be several; else like Enter. */
ACTION(run_add);

ACTION(run_group);
ACTION(run_columns);
ACTION(run_column_up);
ACTION(run_column_down);

/* To the next late one of the list, and the one before. */
ACTION(run_late_next);
ACTION(run_late_before);

#endif
