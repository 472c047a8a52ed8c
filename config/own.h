/*
 * The views that one person keeps for himself, in views.yaml beside his
 * proposals.yaml. They are no part of the register: who may only look at that
 * may keep views all the same.
 */
#ifndef CONFIG_OWN_H
#define CONFIG_OWN_H

#include "base/buf.h"
#include "config/config.h"

/* Zero-initialise. */
struct own_views {
	struct config *file; /* holds views and nothing else; NULL: none */
	struct err why;      /* they could not be read, and why; or ERR_NONE */
};

/*
 * Read them; without a file there are none. What is in own->why is one
 * sentence, and then nothing is ever written over that file.
 */
void own_views_load(struct own_views *own);
void own_views_free(struct own_views *own);

size_t own_view_count(const struct own_views *own);
const struct view *own_view(const struct own_views *own, size_t i);

/* By name, whatever its case and width; NULL. */
const struct view *own_view_find(const struct own_views *own, const char *name);

/*
 * His and the shared ones, as one list: his come first, and of two with one
 * name or key his is meant. By name whatever its case and width; ERR_USAGE
 * names the nearest, and all there are.
 */
size_t views_count(const struct own_views *own, const struct config *shared);
const struct view *views_at(const struct own_views *own,
			    const struct config *shared, size_t i);
const struct view *views_find(const struct own_views *own,
			      const struct config *shared, const char *name,
			      struct err *err);

/* ERR_USAGE: a name is 1 to VIEW_NAME_MAX characters on one line; ERR_REFUSED:
 * a shared view has it. */
MUST_USE
bool views_may_be_called(const struct config *shared, const char *name,
			 struct err *err);

/* The first digit that opens no view, 0 when there is none. */
char views_free_key(const struct own_views *own, const struct config *shared);

/*
 * The changes below are made to the file as it is by now, which another
 * window may have changed, and what is in memory follows. ERR_NOT_FOUND when
 * it is gone, ERR_BUSY, ERR_STORE; then nothing has changed.
 */

/* Add it, or put it in the place of the one with that name, which keeps its
 * key; a key that another one has is not taken. ERR_REFUSED: too many. */
MUST_USE
bool own_view_put(struct own_views *own, const struct view *view,
		  struct err *err);
MUST_USE
bool own_view_delete(struct own_views *own, const char *name, struct err *err);

/* ERR_REFUSED when another one has that name. */
MUST_USE
bool own_view_rename(struct own_views *own, const char *name, const char *to,
		     struct err *err);

/* Whoever had the key has none afterwards; 0 takes it away. */
MUST_USE
bool own_view_key(struct own_views *own, const char *name, char key,
		  struct err *err);

/* Change places with the one before (-1) or behind (1), if there is one. */
MUST_USE
bool own_view_move(struct own_views *own, const char *name, int by,
		   struct err *err);

#endif
