#include "domain/permit.h"

#include <string.h>

#include "domain/workflow.h"

static bool may_step(enum access access, const struct config *config,
		     const struct deed *deed, enum phase phase, struct err *err)
{
	bool forced = !deed->back && workflow_step(config, deed->from, deed->to,
						   false) == VERDICT_REFUSED;

	return access_may(access, forced ? ACTION_FORCE : ACTION_STATUS, phase,
			  err);
}

bool permit(enum access access, const struct config *config,
	    const struct deed *deed, struct err *err)
{
	bool create = deed->action == ACTION_CREATE;
	enum phase phase =
		workflow_phase(config, create ? deed->to : deed->from);

	if (!access_may(access, deed->action, phase, err))
		return false;
	return create || !deed->to || strcmp(deed->from, deed->to) == 0 ||
	       may_step(access, config, deed, phase, err);
}
