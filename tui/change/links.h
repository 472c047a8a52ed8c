/*
 * The proposals that a proposal names: 并案 and 相关提案. Private to change/.
 */
#ifndef CHANGE_LINKS_H
#define CHANGE_LINKS_H

#include "store/store.h"

/*
 * ERR_NOT_FOUND names the first one that is not there, ERR_REFUSED a merging
 * that leads back to the proposal. Other fields name nobody: true.
 */
MUST_USE
bool links_lead_somewhere(const struct reading *reading,
			  const struct proposal *p, enum field_id field,
			  struct err *err);

#endif
