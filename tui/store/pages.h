/*
 * LMDB's pages as bytes, for looking at a file that may be damaged without
 * LMDB, which trusts every page and would follow it anywhere. The layout is
 * that of LMDB 0.9 on 64 bits. For store/ and its tests only.
 */
#ifndef STORE_PAGES_H
#define STORE_PAGES_H

#include "store/codec.h"

enum {
	PAGE_SIZE = 4096,
	PAGE_HEADER = 16,
	PAGE_BRANCH = 0x01,
	PAGE_LEAF = 0x02,
	PAGE_OVERFLOW = 0x04,
	PAGE_META = 0x08,
};

/* Of one version; each transaction writes the page of its parity. */
struct meta {
	uint64_t page;
	uint32_t flags;
	unsigned char magic[4];
	uint32_t version, page_size;
	uint64_t map_size, last_page, txn;
	struct tree {
		uint16_t depth;
		uint64_t branches, leaves, overflows, entries, root;
	} trees[2]; /* the free list, and the table of tables */
};

/* A table without pages has this root. */
#define NO_ROOT UINT64_MAX

/* One entry of a page. */
struct node {
	struct slice key;
	struct slice value; /* of a leaf; 8 bytes if it is elsewhere */
	uint64_t child;     /* of a branch */
	bool elsewhere;     /* the value is on pages of its own, from `child` */
	uint32_t size;      /* of the value then */
	bool is_tree;       /* the value is a tree */
};

/* Any bytes may be given to these. */
struct meta meta_of(const unsigned char *page);
struct tree tree_of(const unsigned char *bytes);

/*
 * Whether a page is what it should be: its own number, its kind (BRANCH or
 * LEAF), and entries that lie side by side and inside it. Only then may
 * page_node() be asked for the entries 0 .. page_nodes()-1.
 */
bool page_sound(const unsigned char *page, uint64_t number);
bool page_is_leaf(const unsigned char *page);
unsigned page_nodes(const unsigned char *page);
struct node page_node(const unsigned char *page, unsigned at);

/* The first of the pages of one value: how many there are, 0 if it is none. */
uint64_t page_run(const unsigned char *page, uint64_t number);

#endif
