/*
 * What the settings must be to one another: nothing has the name of another,
 * and every reference leads somewhere. Fills in what follows from the rest.
 */
#ifndef CONFIG_CHECK_H
#define CONFIG_CHECK_H

#include "config/config.h"
#include "config/yaml.h"

/* `root` is what *config was read from; it says where a mistake is. */
void check_config(struct config *config, const struct node *root,
		  struct mistakes *mistakes);

/* The same of the list alone: each column once, the title behind the others. */
void check_list(const struct node *root, struct mistakes *mistakes);

/* The views among one another; notes where each filter stands. */
void check_views(struct config *config, const struct node *root,
		 struct mistakes *mistakes);

#endif
