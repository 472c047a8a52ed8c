/*
 * Building a plan item by item. Private to change/.
 */
#ifndef CHANGE_ITEMS_H
#define CHANGE_ITEMS_H

#include "change/plan.h"

/* A zeroed item at the end; until the next one is added. */
struct plan_item *item_add(struct plan *plan);

/* Say what becomes of it; counted in the plan's verdicts. Once an item. */
void item_judge(struct plan *plan, struct plan_item *item,
		enum verdict verdict);

/* Change what was said. */
void item_rejudge(struct plan *plan, struct plan_item *item,
		  enum verdict verdict);

/*
 * What this role may not do is VERDICT_DENIED. Once, when the plan is whole.
 */
void plan_permit(struct plan *plan, const struct reading *reading);

/* It will be written. */
bool item_writes(const struct plan_item *item);

#endif
