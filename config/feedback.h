/*
 * The choices that no file can change. Only for config/.
 */
#ifndef CONFIG_FEEDBACK_H
#define CONFIG_FEEDBACK_H

#include "config/config.h"

/* 满意, 基本满意, 不满意 as CHOICE_FEEDBACK. */
void feedback_add(struct config *config);

#endif
