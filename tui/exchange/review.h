/*
 * 重点提案办理落实情况: the review of the key proposals, as the newspaper
 * page prints it: counts of the session on top, then by topic 《title》
 * （第N号）, 提案人, 主办单位, 办理结果分类, 落实情况, and related proposals under
 * their main one.
 */
#ifndef EXCHANGE_REVIEW_H
#define EXCHANGE_REVIEW_H

#include "base/buf.h"
#include "query/listing.h"

MUST_USE
bool review_write(const struct reading *reading, const struct catalog *catalog,
		  session which, struct buf *out, struct err *err);

#endif
