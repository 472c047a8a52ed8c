#include "domain/field_part.h"

#define MIB (1u << 20)
#define ITEMS ((FIELD_ITEM_MAX + 1) * FIELD_ITEMS_MAX)
#define LINE 3000u
#define KEY 16u
#define LEAD \
	"主办 主办单位 承办单位 承办 主办部门 承办部门 主办单位名称 " \
	"牵头单位 牵头部门 units lead"
#define JOINT "会办 会办单位 会办部门 协办 协办单位 协办部门 配合单位 joint co"
#define SEPARATE "分办 分办单位 分办部门 分别办理单位 separate"

const enum unit_role role_order[ROLE_COUNT] = {ROLE_LEAD, ROLE_SEPARATE,
					       ROLE_JOINT};

const char *const session_synonyms =
	"届次 届 会议 次 届别 会次 届次会议 所属届次 会议届次 session";
const char *const number_synonyms =
	"编号 案号 提案号 提案编号 提案案号 提案序号 立案号 立案编号 号 "
	"number num";
const char *const unit_synonyms[ROLE_COUNT] = {
	[ROLE_LEAD] = LEAD,
	[ROLE_JOINT] = JOINT,
	[ROLE_SEPARATE] = SEPARATE,
};

/* clang-format off */
#define AT(member) offsetof(struct proposal, member)
#define CODE(kind) FIELD_TYPE_CODE, kind
#define PLAIN(type) FIELD_TYPE_##type, CHOICE_KINDS

const struct field fields[FIELD_END] = {
	[FIELD_TITLE] = {
		FIELD_TITLE, "title", "案由", PLAIN(LINE), AT(title), LINE,
		"案由 标题 题目 提案名称 提案题目 提案标题 案名 title"},
	[FIELD_BODY] = {
		FIELD_BODY, "body", "正文", PLAIN(TEXT), AT(body), MIB,
		"正文 内容 建议内容 提案内容 提案正文 body"},
	[FIELD_PROPOSERS] = {
		FIELD_PROPOSERS, "proposers", "提案人", PLAIN(NAMES),
		AT(proposers), ITEMS,
		"提案人 提案者 提案单位 第一提案人 提出人 委员 提案委员 "
		"提案人姓名 联名委员 proposers"},
	[FIELD_CATEGORY] = {
		FIELD_CATEGORY, "category", "类别", CODE(CHOICE_CATEGORY),
		AT(category), FIELD_ITEM_MAX,
		"类别 分类 提案类别 提案分类 类型 category"},
	[FIELD_LEVEL] = {
		FIELD_LEVEL, "level", "级别", CODE(CHOICE_LEVEL), AT(level),
		FIELD_ITEM_MAX, "级别 提案级别 重点 重要程度 重点提案 level"},
	[FIELD_TOPIC] = {
		FIELD_TOPIC, "topic", "方面", PLAIN(LINE), AT(topic),
		FIELD_ITEM_MAX, "方面 主题 专题 topic"},
	[FIELD_UNITS] = {
		FIELD_UNITS, "units", "单位", PLAIN(UNITS), AT(units), ITEMS,
		LEAD},
	[FIELD_STATUS] = {
		FIELD_STATUS, "status", "状态", CODE(CHOICE_STATUS),
		AT(status), FIELD_ITEM_MAX,
		"状态 办理状态 办理情况 提案状态 当前状态 办理进度 status"},
	[FIELD_RECEIVED] = {
		FIELD_RECEIVED, "received", "收到日期", PLAIN(DATE),
		AT(dates[DATE_RECEIVED]), 10,
		"收到日期 提交日期 收案日期 收到时间 提交时间 收案时间 "
		"收文日期 received"},
	[FIELD_FILED] = {
		FIELD_FILED, "filed", "立案日期", PLAIN(DATE),
		AT(dates[DATE_FILED]), 10, "立案日期 立案时间 filed"},
	[FIELD_ASSIGNED] = {
		FIELD_ASSIGNED, "assigned", "交办日期", PLAIN(DATE),
		AT(dates[DATE_ASSIGNED]), 10,
		"交办日期 交办时间 assigned"},
	[FIELD_DUE] = {
		FIELD_DUE, "due", "应复日期", PLAIN(DATE),
		AT(dates[DATE_DUE]), 10,
		"应复日期 答复期限 办理期限 期限 办复期限 应答复日期 "
		"截止日期 办理时限 due"},
	[FIELD_REPLIED] = {
		FIELD_REPLIED, "replied", "答复日期", PLAIN(DATE),
		AT(dates[DATE_REPLIED]), 10,
		"答复日期 办复日期 答复时间 办复时间 复文日期 replied"},
	[FIELD_CLOSED] = {
		FIELD_CLOSED, "closed", "办结日期", PLAIN(DATE),
		AT(dates[DATE_CLOSED]), 10, "办结日期 办结时间 closed"},
	[FIELD_RESULT] = {
		FIELD_RESULT, "result", "办理结果", CODE(CHOICE_RESULT),
		AT(result), FIELD_ITEM_MAX,
		"办理结果 办理结果分类 结果 结果分类 答复类别 答复分类 "
		"办理类别 办理结果类别 result"},
	[FIELD_OUTCOME] = {
		FIELD_OUTCOME, "outcome", "落实情况", PLAIN(TEXT), AT(outcome),
		MIB,
		"落实情况 办理情况说明 答复内容 办理落实情况 答复意见 "
		"办理答复 outcome"},
	[FIELD_FEEDBACK] = {
		FIELD_FEEDBACK, "feedback", "反馈", CODE(CHOICE_FEEDBACK),
		AT(feedback), FIELD_ITEM_MAX,
		"反馈 满意度 反馈意见 满意情况 委员反馈 满意程度 feedback "
		"satisfaction"},
	[FIELD_LED_BY] = {
		FIELD_LED_BY, "led_by", "领办", PLAIN(LINE), AT(led_by), LINE,
		"领办 领办领导 领办人 led_by"},
	[FIELD_SUPERVISED_BY] = {
		FIELD_SUPERVISED_BY, "supervised_by", "督办", PLAIN(LINE),
		AT(supervised_by), LINE,
		"督办 督办领导 督办人 supervised_by"},
	[FIELD_MERGED_INTO] = {
		FIELD_MERGED_INTO, "merged_into", "并案", PLAIN(KEY),
		AT(merged_into), KEY,
		"并案 并入 并案至 并入提案 并案号 主案 merged_into"},
	[FIELD_RELATED] = {
		FIELD_RELATED, "related", "相关提案", PLAIN(KEYS), AT(related),
		KEY * FIELD_ITEMS_MAX, "相关提案 关联提案 related"},
	[FIELD_REMARKS] = {
		FIELD_REMARKS, "remarks", "备注", PLAIN(TEXT), AT(remarks),
		MIB, "备注 说明 附注 remarks"},
};
/* clang-format on */
