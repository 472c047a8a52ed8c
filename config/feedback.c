#include "config/feedback.h"

#include <string.h>

#include "config/names.h"

void feedback_add(struct config *config)
{
	static const struct choice opinions[] = {
		{.code = "satisfied", .label = "满意"},
		{.code = "mostly", .label = "基本满意"},
		{.code = "unsatisfied",
		 .label = "不满意",
		 .colour = COLOUR_RED},
	};
	enum { COUNT = sizeof(opinions) / sizeof(*opinions) };
	struct choice *items = arena_alloc(&config->arena, sizeof(opinions));
	struct names *names = names_new(&config->arena, 2 * COUNT);
	const struct place nowhere = {0, 0};

	memcpy(items, opinions, sizeof(opinions));
	for (uint32_t i = 0; i < COUNT; i++) {
		items[i].name = items[i].system = "";
		items[i].active = true;
		names_add(names, &config->arena, items[i].code, i, nowhere);
		names_add(names, &config->arena, items[i].label, i, nowhere);
	}
	config->choices[CHOICE_FEEDBACK] = (struct choices){items, COUNT};
	config->names[CHOICE_FEEDBACK] = names;
}
