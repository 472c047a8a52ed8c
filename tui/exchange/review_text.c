#include "exchange/review_text.h"

#include <string.h>

#include "base/clean.h"
#include "base/numeral.h"

static void add_line(struct buf *out, const char *text)
{
	clean_line(out, text, strlen(text));
}

/* A paragraph under its word, or nothing. */
static void paragraph(struct buf *out, const char *word, const char *text)
{
	if (!*text)
		return;
	buf_printf(out, "%s：", word);
	clean_lines(out, text, strlen(text));
	buf_char(out, '\n');
}

static void title(const struct review_item *item, struct buf *out)
{
	buf_str(out, "《");
	add_line(out, item->p.title);
	buf_printf(out, "》（第%u号）\n", (unsigned)key_number(item->p.key));
}

static void proposers(const struct review_item *item, struct buf *out)
{
	const struct strings *names = &item->p.proposers;

	for (size_t i = 0; i < names->count; i++) {
		buf_str(out, i ? "、" : "提案人：");
		add_line(out, names->items[i]);
	}
	if (names->count > 0)
		buf_char(out, '\n');
}

static void units(const struct config *config, const struct proposal *p,
		  enum unit_role role, struct buf *out)
{
	struct buf names = {0}, word = {0};

	proposal_units(p, config, role, &names);
	buf_printf(&word, "%s单位", role_label(role));
	paragraph(out, buf_text(&word), buf_text(&names));
	buf_free(&names);
	buf_free(&word);
}

static void all_units(const struct config *config, const struct proposal *p,
		      struct buf *out)
{
	units(config, p, ROLE_LEAD, out);
	units(config, p, ROLE_SEPARATE, out);
	units(config, p, ROLE_JOINT, out);
}

static void answer(const struct config *config, const struct proposal *p,
		   struct buf *out)
{
	paragraph(out, "办理结果分类",
		  config_label(config, CHOICE_RESULT, p->result));
	paragraph(out, "落实情况", p->outcome);
}

static void heading(const struct review_item *item, struct buf *out)
{
	char numeral[10];

	if (item->topic > 0 && item->topic < 100) {
		numeral_chinese(item->topic, numeral);
		buf_printf(out, "%s、", numeral);
	} else if (*item->p.topic) {
		add_line(out, item->p.topic);
		buf_str(out, "：");
	}
	title(item, out);
}

void review_main(const struct config *config, const struct review_item *item,
		 struct buf *out)
{
	buf_char(out, '\n');
	heading(item, out);
	proposers(item, out);
	all_units(config, &item->p, out);
	answer(config, &item->p, out);
}

/* Who handles it is said again only where it is somebody else. */
void review_kin(const struct config *config, const struct review_item *item,
		const struct review_item *main, struct buf *out)
{
	struct buf own = {0}, others = {0};

	all_units(config, &item->p, &own);
	all_units(config, &main->p, &others);
	buf_str(out, "相关提案：");
	title(item, out);
	proposers(item, out);
	if (strcmp(buf_text(&own), buf_text(&others)) != 0)
		buf_str(out, buf_text(&own));
	answer(config, &item->p, out);
	buf_free(&own);
	buf_free(&others);
}

static void chosen(const struct review_counts *counts, struct buf *out)
{
	if (counts->key == 0) {
		buf_str(out, "还没有重点提案。\n");
		return;
	}
	buf_str(out, "遴选出");
	if (counts->topics > 0)
		buf_printf(out, "%zu个方面", counts->topics);
	buf_printf(out, "%zu件重点提案", counts->key);
	if (counts->important > 0)
		buf_printf(out, "和%zu件重要提案", counts->important);
	buf_str(out, "。\n");
}

void review_head(const struct config *config, session which,
		 const struct review_counts *counts, struct buf *out)
{
	const struct session_info *info = config_session(config, which);
	char plain[32];

	session_label(which, plain);
	const char *label = info && *info->label ? info->label : plain;
	if (info && info->year > 0)
		buf_printf(out, "市政协%d年度", info->year);
	else
		buf_printf(out, "市政协%s会议", label);
	buf_str(out, "重点提案办理落实情况回顾\n\n");
	buf_printf(out, "市政协%s会议以来，共收到提案%zu件，立案%zu件", label,
		   counts->received, counts->filed);
	if (counts->merged > 0 && counts->merged_filed)
		buf_printf(out, "，并案后%zu件",
			   counts->filed - counts->merged);
	buf_str(out, "。");
	chosen(counts, out);
}
