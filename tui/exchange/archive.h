/*
 * The whole register as JSON Lines, history included, for a program that is
 * not this one, and for this one to make an equal store of.
 *
 * The first line is the head:
 *   {"export":"proposals","version":1,"program":"0.1.0","roles":false,
 *    "batches":3,"events":14,"head":"8aa6…"}
 * Then each batch, in order, and behind it all that it did, in the order of
 * sessions and numbers:
 *   {"batch":1,"kind":"import","at_ms":1732066200000,"uid":1000,
 *    "login_uid":null,"by":"wang","from":null,"operation":"5f…","note":null,
 *    "summary":"…","count":10,"undoes":null,"undone_by":null}
 *   {"batch":1,"session":"14-3","number":4,"revision":1,"event":"created",
 *    "fields":{"title":"…","status":"received"}}
 *   {…,"event":"changed","changes":[{"field":"status","before":"received",
 *    "after":"review"}]}
 *   {…,"event":"removed","fields":{…}}
 * A batch of kind "user" has "grant":{"uid":…,"name":…,"before":"none",
 * "after":"editor"}. Fields are named and written as domain/field.h says, in
 * canonical text; empty is null. "at_ms" counts from 1970. A text that is not
 * UTF-8 is {"hex":"…"}. "head" is the newest link of the chain of hashes,
 * which covers all of it but for what is said of an undone batch afterwards,
 * and of a removed proposal, which follow from the rest.
 */
#ifndef EXCHANGE_ARCHIVE_H
#define EXCHANGE_ARCHIVE_H

#include "store/replay.h"

enum { ARCHIVE_VERSION = 1 };
#define ARCHIVE_START "{\"export\":\"proposals\""

/* Takes the next piece of the text. */
typedef bool archive_sink(void *arg, const struct buf *text, struct err *err);

/* Write all of it, as of this reading. */
MUST_USE
bool archive_write(const struct reading *reading, bool roles,
		   archive_sink *sink, void *arg, struct check_sums *sums,
		   struct err *err);

/*
 * Make the store in `dir` of it; see replay.h. ERR_USAGE names the line that
 * is wrong, and nothing was changed.
 */
MUST_USE
bool archive_read(int fd, const char *dir, finding_fn *tell, void *arg,
		  struct swapped *out, struct err *err);

#endif
