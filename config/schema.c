#include "config/schema.h"

#include <string.h>

#include "config/config.h"

/* SETTING_WORD keeps the value of a word in an enum of any name. */
_Static_assert(sizeof(enum colour) == sizeof(int) &&
		       sizeof(enum list_column) == sizeof(int),
	       "an enum is an int");

static const struct word colours[] = {
	{"default", "默认", COLOUR_DEFAULT}, {"red", "红", COLOUR_RED},
	{"green", "绿", COLOUR_GREEN},       {"yellow", "黄", COLOUR_YELLOW},
	{"blue", "蓝", COLOUR_BLUE},         {"magenta", "紫", COLOUR_MAGENTA},
	{"cyan", "青", COLOUR_CYAN},         {NULL, NULL, 0},
};

static const struct word ranks[] = {
	{"ordinary", "一般", LEVEL_ORDINARY},
	{"important", "重要", LEVEL_IMPORTANT},
	{"key", "重点", LEVEL_KEY},
	{NULL, NULL, 0},
};

static const struct word systems[] = {
	{"政府", "政府系统", 0},
	{"党群", "党群系统", 0},
	{NULL, NULL, 0},
};

/* A reply's clock cannot start with its own end. */
static const struct word starts[] = {
	{"received", "收到", DATE_RECEIVED},
	{"filed", "立案", DATE_FILED},
	{"assigned", "交办", DATE_ASSIGNED},
	{NULL, NULL, 0},
};

static const struct word units[] = {
	{"day", "天", UNIT_DAY},
	{"workday", "工作日", UNIT_WORKDAY},
	{"month", "月", UNIT_MONTH},
	{NULL, NULL, 0},
};

static const struct word extents[] = {
	{"current", "本届", VIEW_CURRENT},
	{"all", "各届", VIEW_ALL},
	{NULL, NULL, 0},
};

static const struct word widths[] = {
	{"auto", "自动", AMBIGUOUS_AUTO},
	{"1", "窄", AMBIGUOUS_NARROW},
	{"2", "宽", AMBIGUOUS_WIDE},
	{NULL, NULL, 0},
};

#define IN(type, member) .offset = offsetof(struct type, member)
#define CHOICES(kind) \
	.offset = offsetof(struct config, choices[kind].items), \
	.count = offsetof(struct config, choices[kind].count), \
	.size = sizeof(struct choice)

/* clang-format off */
const struct setting settings[] = {
	{GROUP_ROOT, "sessions", SETTING_LIST, "届次",
	 "届次，每年添一行", NULL, 1, 200,
	 IN(config, sessions), .count = offsetof(struct config, session_count),
	 .size = sizeof(struct session_info), .members = GROUP_SESSION},
	{GROUP_ROOT, "current", SETTING_SESSION, "当前届次",
	 "当前届次，新提案归它，没写届次的编号也指它；不写就是最新的", "",
	 IN(config, current)},
	{GROUP_ROOT, "departments", SETTING_LIST, "承办单位",
	 "承办单位，列表里按这里的先后排", NULL, 1, 1000,
	 CHOICES(CHOICE_DEPARTMENT), .members = GROUP_DEPARTMENT},
	{GROUP_ROOT, "categories", SETTING_LIST, "类别",
	 "提案类别", NULL, 1, 100,
	 CHOICES(CHOICE_CATEGORY), .members = GROUP_CATEGORY},
	{GROUP_ROOT, "levels", SETTING_LIST, "级别",
	 "提案级别", NULL, 1, 10,
	 CHOICES(CHOICE_LEVEL), .members = GROUP_LEVEL},
	{GROUP_ROOT, "statuses", SETTING_LIST, "状态",
	 "提案状态，一件提案同时只有一个", NULL, 1, 60,
	 CHOICES(CHOICE_STATUS), .members = GROUP_STATUS},
	{GROUP_ROOT, "results", SETTING_LIST, "办理结果",
	 "办理结果分类", NULL, 1, 20,
	 CHOICES(CHOICE_RESULT), .members = GROUP_RESULT},
	{GROUP_ROOT, "deadlines", SETTING_GROUP, "期限",
	 "办理期限", "", .members = GROUP_DEADLINES},
	{GROUP_ROOT, "list", SETTING_GROUP, "列表",
	 "提案列表", "", .members = GROUP_LISTED},
	{GROUP_ROOT, "views", SETTING_LIST, "视图",
	 "共享的视图，大家按 b 或 Ctrl-B 打开，可以不写", "", 0, VIEWS_MAX,
	 IN(config, views), .count = offsetof(struct config, view_count),
	 .size = sizeof(struct view), .members = GROUP_VIEW},
	{GROUP_ROOT, "display", SETTING_GROUP, "显示",
	 "屏幕显示", "", .members = GROUP_DISPLAY},

	{GROUP_SESSION, "id", SETTING_SESSION, "届次",
	 "14-3 就是十四届三次", NULL, IN(session_info, id)},
	{GROUP_SESSION, "label", SETTING_TEXT, "名称",
	 "屏幕上的名称，不写就按届次生成", "", 0, 16,
	 IN(session_info, label)},
	{GROUP_SESSION, "year", SETTING_INT, "年度",
	 "办理年度，四位数", NULL, 1950, 2079, IN(session_info, year)},
	{GROUP_SESSION, "opened", SETTING_DATE, "开幕日期",
	 "会议开幕日期，如 2024-01-15，可以不写", "",
	 IN(session_info, opened)},
	{GROUP_SESSION, "merged_counts_as_filed", SETTING_BOOL, "并案计入立案",
	 "被并案的提案算不算立案数，true 或 false，不写算", "true",
	 IN(session_info, merged_counts_as_filed)},

	{GROUP_DEPARTMENT, "code", SETTING_CODE, "代码",
	 "存进库里的代码，用过就不要再改", NULL, 1, 32, IN(choice, code)},
	{GROUP_DEPARTMENT, "name", SETTING_TEXT, "全称",
	 "单位全称，不带“平湖市”", NULL, 1, 60, IN(choice, name)},
	{GROUP_DEPARTMENT, "short", SETTING_TEXT, "简称",
	 "简称，列表里显示它；不写就用全称", "=name", 0, 16,
	 IN(choice, label)},
	{GROUP_DEPARTMENT, "aliases", SETTING_TEXTS, "别名",
	 "别名、旧名，导入和查找时都认", "", 0, 50,
	 IN(choice, aliases.items),
	 .count = offsetof(struct choice, aliases.count)},
	{GROUP_DEPARTMENT, "system", SETTING_TEXT, "系统",
	 "所属系统，政府或党群，可以不写", "", 0, 16,
	 IN(choice, system), .words = systems},
	{GROUP_DEPARTMENT, "active", SETTING_BOOL, "在用",
	 "撤并了的单位写 false，旧提案仍显示它；不写是 true", "true",
	 IN(choice, active)},

	{GROUP_CATEGORY, "code", SETTING_CODE, "代码",
	 "存进库里的代码，用过就不要再改", NULL, 1, 32, IN(choice, code)},
	{GROUP_CATEGORY, "label", SETTING_TEXT, "名称",
	 "屏幕上的名称", NULL, 1, 16, IN(choice, label)},
	{GROUP_CATEGORY, "aliases", SETTING_TEXTS, "别名",
	 "别名、旧名，导入和查找时都认", "", 0, 50,
	 IN(choice, aliases.items),
	 .count = offsetof(struct choice, aliases.count)},

	{GROUP_LEVEL, "code", SETTING_CODE, "代码",
	 "存进库里的代码，用过就不要再改", NULL, 1, 32, IN(choice, code)},
	{GROUP_LEVEL, "label", SETTING_TEXT, "名称",
	 "屏幕上的名称", NULL, 1, 16, IN(choice, label)},
	{GROUP_LEVEL, "aliases", SETTING_TEXTS, "别名",
	 "别名、旧名，导入和查找时都认", "", 0, 50,
	 IN(choice, aliases.items),
	 .count = offsetof(struct choice, aliases.count)},
	{GROUP_LEVEL, "rank", SETTING_WORD, "等次",
	 "算哪一等：ordinary 一般，important 重要，key 重点", NULL,
	 IN(choice, rank), .words = ranks},
	{GROUP_LEVEL, "colour", SETTING_WORD, "颜色",
	 "default red green yellow blue magenta cyan 之一，不写不着色",
	 "default", IN(choice, colour), .words = colours},

	{GROUP_STATUS, "code", SETTING_CODE, "代码",
	 "存进库里的代码，用过就不要再改", NULL, 1, 32, IN(choice, code)},
	{GROUP_STATUS, "label", SETTING_TEXT, "名称",
	 "屏幕上的名称", NULL, 1, 16, IN(choice, label)},
	{GROUP_STATUS, "aliases", SETTING_TEXTS, "别名",
	 "别名、旧名，导入和查找时都认", "", 0, 50,
	 IN(choice, aliases.items),
	 .count = offsetof(struct choice, aliases.count)},
	{GROUP_STATUS, "phase", SETTING_WORD, "阶段",
	 "算作哪个阶段，统计和期限只看它", NULL,
	 IN(choice, phase), .words = phase_words},
	{GROUP_STATUS, "key", SETTING_LETTER, "按键",
	 "改状态时选它的字母，各不相同，可以不写", "", IN(choice, key)},
	{GROUP_STATUS, "colour", SETTING_WORD, "颜色",
	 "default red green yellow blue magenta cyan 之一，不写不着色",
	 "default", IN(choice, colour), .words = colours},
	{GROUP_STATUS, "next", SETTING_STATUSES, "后续状态",
	 "之后可以改成哪些状态，写代码；不写就到此为止", "", 0, 60,
	 IN(choice, next), .count = offsetof(struct choice, next_count)},

	{GROUP_RESULT, "code", SETTING_CODE, "代码",
	 "存进库里的代码，用过就不要再改", NULL, 1, 32, IN(choice, code)},
	{GROUP_RESULT, "label", SETTING_TEXT, "名称",
	 "屏幕上的名称", NULL, 1, 16, IN(choice, label)},
	{GROUP_RESULT, "aliases", SETTING_TEXTS, "别名",
	 "别名、旧名，导入和查找时都认", "", 0, 50,
	 IN(choice, aliases.items),
	 .count = offsetof(struct choice, aliases.count)},
	{GROUP_RESULT, "wording", SETTING_TEXT, "含义",
	 "这一类的含义，印在报表里", "", 0, 60, IN(choice, name)},
	{GROUP_RESULT, "colour", SETTING_WORD, "颜色",
	 "default red green yellow blue magenta cyan 之一，不写不着色",
	 "default", IN(choice, colour), .words = colours},
	{GROUP_RESULT, "solved", SETTING_BOOL, "已解决",
	 "算不算已经解决，true 或 false，不写不算", "false",
	 IN(choice, solved)},
	{GROUP_RESULT, "follow_up", SETTING_BOOL, "跟踪",
	 "第二年要不要跟踪办理，true 或 false，不写不要", "false",
	 IN(choice, follow_up)},

	{GROUP_DEADLINES, "reply", SETTING_GROUP, "答复期限",
	 "答复期限", "", IN(config, reply), .members = GROUP_REPLY},

	{GROUP_REPLY, "from", SETTING_WORD, "起算日",
	 "从哪天算起：received 收到，filed 立案，assigned 交办", "assigned",
	 IN(deadline_rule, from), .words = starts},
	{GROUP_REPLY, "amount", SETTING_INT, "期限",
	 "多久之内答复，1 到 366", "3", 1, 366, IN(deadline_rule, amount)},
	{GROUP_REPLY, "unit", SETTING_WORD, "单位",
	 "单位：day 天，workday 工作日，month 月", "month",
	 IN(deadline_rule, unit), .words = units},
	{GROUP_REPLY, "extend_max", SETTING_INT, "最多延期",
	 "最多再延长多少，单位同上，0 是不能延期", "3", 0, 366,
	 IN(deadline_rule, extend_max)},
	{GROUP_REPLY, "warn", SETTING_INTS, "提醒",
	 "到期前几天提醒，从大到小；进入第一个数就算临期", "15 7 3", 1, 10,
	 IN(deadline_rule, warn),
	 .count = offsetof(struct deadline_rule, warn_count)},

	{GROUP_LISTED, "columns", SETTING_WORDS, "列",
	 "显示哪几列，按这里的先后，案由只能在最后；屏幕太窄时有的列会让位",
	 "number unit status due result title", 1, LIST_COLUMNS,
	 IN(config, list), .count = offsetof(struct config, list_count),
	 .words = list_column_words},

	{GROUP_VIEW, "name", SETTING_TEXT, "名称",
	 "屏幕上的名称，各不相同", NULL, 1, VIEW_NAME_MAX, IN(view, name)},
	{GROUP_VIEW, "key", SETTING_KEY, "按键",
	 "在视图页上打开它的字母或数字，各不相同，可以不写", "",
	 IN(view, key)},
	{GROUP_VIEW, "filter", SETTING_TEXT, "条件",
	 "筛选条件，写法同 proposals list，写在双引号里；不写是全部", "", 0,
	 VIEW_FILTER_MAX, IN(view, filter)},
	{GROUP_VIEW, "sort", SETTING_TEXT, "次序",
	 "排列次序，同 --sort，前面加 - 是反序；不写按编号", "", 0, 80,
	 IN(view, sort)},
	{GROUP_VIEW, "group", SETTING_TEXT, "分组",
	 "按什么分组，如 status、unit；不写不分组", "", 0, 16,
	 IN(view, group)},
	{GROUP_VIEW, "columns", SETTING_TEXT, "列",
	 "显示哪几列，用逗号隔开；不写就是 list 里的", "", 0, 200,
	 IN(view, columns)},
	{GROUP_VIEW, "session", SETTING_WORD, "届次",
	 "条件没写届次时看哪些：current 当前届次，all 各届；不写是 current",
	 "current", IN(view, session), .words = extents},

	{GROUP_DISPLAY, "ambiguous_width", SETTING_WORD, "宽度",
	 "引号“”等字符占几格：auto 自动探测，1 一格，2 两格", "auto",
	 IN(config, ambiguous_width), .words = widths},
};
/* clang-format on */

const size_t setting_count = sizeof(settings) / sizeof(*settings);

void schema_group(enum group group, const struct setting **first,
		  const struct setting **last)
{
	const struct setting *end = settings + setting_count;
	const struct setting *at = settings;

	while (at < end && at->in != group)
		at++;
	*first = at;
	while (at < end && at->in == group)
		at++;
	*last = at;
}

const struct setting *schema_views(void)
{
	const struct setting *at = settings;

	while (at->members != GROUP_VIEW)
		at++;
	return at;
}

bool schema_knows(const char *name, size_t len)
{
	for (size_t i = 0; i < setting_count; i++)
		if (strlen(settings[i].name) == len &&
		    memcmp(settings[i].name, name, len) == 0)
			return true;
	return false;
}

const struct setting *schema_owner(enum group group)
{
	for (size_t i = 0; i < setting_count; i++)
		if (settings[i].members == group && group != GROUP_ROOT)
			return &settings[i];
	return NULL;
}

void schema_path(const struct setting *setting, struct buf *out)
{
	const struct setting *group = schema_owner(setting->in);

	if (group) {
		schema_path(group, out);
		buf_str(out, group->type == SETTING_LIST ? "[]." : ".");
	}
	buf_str(out, setting->name);
}
