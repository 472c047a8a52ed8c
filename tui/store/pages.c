#include "store/pages.h"

#include <string.h>

enum {
	FLAGS = 10, /* where things stand in a page */
	LOWER = 12,
	UPPER = 14,
	NODE_HEADER = 8,
	KEY_MAX = 511,
	NODE_ELSEWHERE = 0x01,
	NODE_TREE = 0x02,
	TREE_SIZE = 48,
};

static uint64_t number_at(const unsigned char *bytes, size_t at, size_t width)
{
	uint64_t value = 0;

	for (size_t i = 0; i < width; i++)
		value |= (uint64_t)bytes[at + i] << 8 * i;
	return value;
}

static uint32_t short_at(const unsigned char *bytes, size_t at)
{
	return (uint32_t)number_at(bytes, at, 2);
}

struct tree tree_of(const unsigned char *bytes)
{
	return (struct tree){
		.depth = (uint16_t)number_at(bytes, 6, 2),
		.branches = number_at(bytes, 8, 8),
		.leaves = number_at(bytes, 16, 8),
		.overflows = number_at(bytes, 24, 8),
		.entries = number_at(bytes, 32, 8),
		.root = number_at(bytes, 40, 8),
	};
}

struct meta meta_of(const unsigned char *page)
{
	struct meta meta = {
		.page = number_at(page, 0, 8),
		.flags = short_at(page, FLAGS),
		.version = (uint32_t)number_at(page, 20, 4),
		.map_size = number_at(page, 32, 8),
		.page_size = (uint32_t)number_at(page, 40, 4),
		.trees = {tree_of(page + 40), tree_of(page + 88)},
		.last_page = number_at(page, 136, 8),
		.txn = number_at(page, 144, 8),
	};

	memcpy(meta.magic, page + 16, sizeof(meta.magic));
	return meta;
}

bool page_is_leaf(const unsigned char *page)
{
	return short_at(page, FLAGS) == PAGE_LEAF;
}

unsigned page_nodes(const unsigned char *page)
{
	return (short_at(page, LOWER) - PAGE_HEADER) / 2;
}

static uint32_t node_at(const unsigned char *page, unsigned at)
{
	return short_at(page, PAGE_HEADER + 2 * (size_t)at);
}

/* Its bytes inside the page; 0 when it is not inside. */
static uint32_t node_size(const unsigned char *page, unsigned at)
{
	uint32_t start = node_at(page, at), size;

	if (start % 2 || start < short_at(page, UPPER) ||
	    start + NODE_HEADER > PAGE_SIZE)
		return 0;
	const unsigned char *node = page + start;
	uint32_t key_len = short_at(node, 6);
	size = NODE_HEADER + key_len;
	if (page_is_leaf(page)) {
		uint32_t flags = short_at(node, 4);
		uint64_t value =
			flags & NODE_ELSEWHERE ? 8 : number_at(node, 0, 4);
		if (!key_len ||
		    flags & ~(uint32_t)(NODE_ELSEWHERE | NODE_TREE) ||
		    value > PAGE_SIZE ||
		    (flags & NODE_TREE && value != TREE_SIZE))
			return 0;
		size += (uint32_t)value;
	}
	size += size % 2;
	return key_len <= KEY_MAX && start + size <= PAGE_SIZE ? size : 0;
}

bool page_sound(const unsigned char *page, uint64_t number)
{
	uint32_t flags = short_at(page, FLAGS);
	uint32_t lower = short_at(page, LOWER), upper = short_at(page, UPPER);
	uint32_t total = 0;

	if (number_at(page, 0, 8) != number ||
	    (flags != PAGE_BRANCH && flags != PAGE_LEAF) ||
	    lower <= PAGE_HEADER || lower % 2 || upper % 2 || lower > upper ||
	    upper > PAGE_SIZE)
		return false;
	/* Side by side: together they are what is used. Two that overlap
	 * would leave a hole elsewhere; their keys are compared as well. */
	for (unsigned i = 0; i < page_nodes(page); i++) {
		uint32_t size = node_size(page, i);

		if (!size)
			return false;
		total += size;
	}
	return total == PAGE_SIZE - upper;
}

struct node page_node(const unsigned char *page, unsigned at)
{
	const unsigned char *start = page + node_at(page, at);
	size_t key_len = short_at(start, 6);
	const char *name = (const char *)start + NODE_HEADER;
	uint32_t flags = short_at(start, 4);
	struct node node = {.key = {name, key_len}};

	if (!page_is_leaf(page)) {
		node.child = number_at(start, 0, 6);
		return node;
	}
	node.size = (uint32_t)number_at(start, 0, 4);
	node.elsewhere = flags & NODE_ELSEWHERE;
	node.is_tree = flags & NODE_TREE;
	node.value =
		(struct slice){name + key_len, node.elsewhere ? 8 : node.size};
	if (node.elsewhere)
		node.child = number_at(start, NODE_HEADER + key_len, 8);
	return node;
}

uint64_t page_run(const unsigned char *page, uint64_t number)
{
	if (number_at(page, 0, 8) != number ||
	    short_at(page, FLAGS) != PAGE_OVERFLOW)
		return 0;
	return number_at(page, LOWER, 4);
}
