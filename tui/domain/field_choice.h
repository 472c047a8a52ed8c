/*
 * A choice of the configuration as a person writes it.
 */
#ifndef DOMAIN_FIELD_CHOICE_H
#define DOMAIN_FIELD_CHOICE_H

#include "config/config.h"

/*
 * The choice that a person meant: what config_match() finds, with or without
 * 类 or 提案 behind it. NULL: none.
 */
const struct choice *choice_read(const struct config *config,
				 enum choice_kind kind, const char *text);

/*
 * ERR_USAGE: `text`, given for `label`, is no such choice; names the nearest
 * one, or all if they are few.
 */
bool choice_refuse(const struct config *config, enum choice_kind kind,
		   const char *label, const char *text, struct err *err);

#endif
