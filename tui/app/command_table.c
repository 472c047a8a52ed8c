#include "app/actions.h"
#include "app/arrange.h"
#include "app/command.h"
#include "app/views.h"

enum {
	L = IN_LIST,
	D = IN_DETAIL,
	B = IN_BAND,
	F = IN_FILTER,
	P = IN_PREVIEW,
	T = IN_TEXT,
	H = IN_BATCHES,
	M = IN_MENU,
	E = IN_EDIT,
	X = IN_FIELD,
	C = IN_CONFLICT,
	V = IN_VIEWS,
	A = IN_ANY,
	NB = IN_ANY & ~IN_BAND,
	NP = IN_ANY & ~IN_PREVIEW & ~IN_MENU & ~IN_EDIT & ~IN_FIELD &
	     ~IN_CONFLICT,
	MK = ON_MARKED,
	W = WRITES,
	HI = HINT,
	HL = HINT_LIST,
	SI = SILENT,
	TK = TAKES_KEY,
	BR = BARE,
};

/* clang-format off */
const struct command commands[] = {
	/* What the office does all day. */
	{"goto",      "0 1 2 3 4 5 6 7 8 9", "查编号", "编号", "", "按编号找提案：173、第173号、14-3-173、十四届三次173 都行", L|D|TK, ACTION_NONE, run_goto, NULL},
	{"status",    "s F6",       "改状态",   "状态 [编号…]", "note expect dry-run force", "改已选提案（没有已选就是光标所在）的状态，先预览再确认", L|D|MK|W|HI, ACTION_STATUS, run_status, shell_status},
	{"undo",      "u Ctrl-U",   "撤销",     "[批次]", "dry-run", "撤销自己的上一批修改", L|D|W|HI, ACTION_UNDO, run_undo, shell_undo},
	{"redo",      "R Ctrl-Y",   "重做",     "", "", "重做刚撤销的一批", L|D|W, ACTION_UNDO, run_redo, NULL},

	/* Find and look. */
	{"search",    "/ Ctrl-F",   "搜索",     "文字", "", "边输入边查找：文字，或条件 状态=办理中 期限<7天，Tab 补全", L|D|HL, ACTION_NONE, run_search, NULL},
	{"filter",    "f F3",       "筛选",     "[条件…]", "", "到筛选栏；或直接给条件：状态=办理中 主办=经信局", L|D|HL, ACTION_NONE, run_filter, NULL},
	{"late",      "d Ctrl-D",   "看逾期",   "", "", "只看逾期的；再按加上临期的；第三次恢复", L|D|HL, ACTION_NONE, run_late, NULL},
	{"clear",     "c Ctrl-R",   "清除筛选", "", "", "清除筛选和搜索，保留届次", L|D|B|F, ACTION_NONE, run_clear, NULL},
	{"views",     "b Ctrl-B",   "视图",     "[名称]", "json", "存好的筛选和排序：自己的，和大家共享的", L|D, ACTION_NONE, run_views, shell_views},
	{"sort",      "o Ctrl-O",   "排序",     "[次序,…]", "", "换排序；再选同一种就反过来；用空格可按几项排：主办,-期限", L|D, ACTION_NONE, run_sort, NULL},
	{"open",      "Enter",      "打开",     "", "", "打开这件提案、这个批次", L|H|HI, ACTION_NONE, run_open, NULL},
	{"edit",      "E F8",       "修改",     "", "", "修改这一件的各项内容，先预览再确认", L|D|W|HI, ACTION_EDIT, run_edit, NULL},
	{"choose",    "Enter",      "选定",     "", "", "选定这一项", M|HI|SI, ACTION_NONE, run_open, NULL},
	{"group",     "x Ctrl-X",   "分组",     "[不分组|状态|主办|…]", "", "按主办、状态等分组，每组有小计和逾期数", L|D, ACTION_NONE, run_group, NULL},
	{"columns",   "w Ctrl-W",   "选列",     "[列,…]", "", "列表显示哪几列、按什么先后：空格选，J/K 移", L|D, ACTION_NONE, run_columns, NULL},
	{"late-next", "n Ctrl-N",   "下一件逾期", "", "", "到列表里的下一件逾期提案", L|D, ACTION_NONE, run_late_next, NULL},
	{"late-before", "N Ctrl-E", "上一件逾期", "", "", "到列表里的上一件逾期提案", L|D, ACTION_NONE, run_late_before, NULL},
	{"add",       "Space",      "加上",     "", "", "排序时：再按这一项排，再按反序，第三次去掉；选列时：显示或不显示", M|SI, ACTION_NONE, run_add, NULL},
	{"column-up", "K - Shift-Up", "前移",   "", "", "选列时：这一列往前", M|SI, ACTION_NONE, run_column_up, NULL},
	{"column-down", "J + Shift-Down", "后移", "", "", "选列时：这一列往后", M|SI, ACTION_NONE, run_column_down, NULL},
	{"history",   "h F2",       "历史",     "编号", "json", "这件提案的历史：谁、何时、改了什么", L|D|HI, ACTION_READ, run_history, shell_history},
	{"batches",   "B Ctrl-G",   "批次",     "[批次]", "json limit", "所有批次：可查看、重新选中、撤销", L|D, ACTION_READ, run_batches, shell_batches},

	/* Marks. */
	{"mark",      "Space",      "选中",     "", "", "选中或取消，移到下一件", L|HI, ACTION_NONE, run_mark, NULL},
	{"range",     "v F4",       "选一段",   "", "", "从这里起选一段，移动光标，再按一次选定", L, ACTION_NONE, run_range, NULL},
	{"range-up",  "Shift-Up",   "向上选",   "", "", "选中并向上", L|SI, ACTION_NONE, run_range_up, NULL},
	{"range-down","Shift-Down", "向下选",   "", "", "选中并向下", L|SI, ACTION_NONE, run_range_down, NULL},
	{"mark-all",  "a Ctrl-A",   "全选",     "", "", "选中当前筛选的全部", L, ACTION_NONE, run_mark_all, NULL},
	{"invert",    "i F5",       "反选",     "", "", "当前筛选内反选", L, ACTION_NONE, run_invert, NULL},
	{"unmark",    "U",          "取消选中", "", "", "取消全部选中；再按一次恢复（没有字母键时用 Esc）", L, ACTION_NONE, run_unmark, NULL},
	{"numbers",   "#",          "按号选中", "编号…", "", "输入或粘贴一串编号，选中找到的：4、173、161—165号", L, ACTION_NONE, run_numbers, NULL},

	/* The filter. */
	{"toggle",    "Space",      "选/不选",  "", "", "加上或去掉这个值", B|F|HI|SI, ACTION_NONE, run_toggle, NULL},
	{"apply",     "Enter",      "应用",     "", "", "用这个筛选，回到列表", B|F|HI|SI, ACTION_NONE, run_apply, NULL},
	{"filter-page", "Down f F3",  "整页",     "", "", "打开整页筛选", B|HI|SI, ACTION_NONE, run_filter_page, NULL},
	{"conditions", "/ Ctrl-F",  "写条件",   "", "", "把筛选写成一行条件，边改边看", B|F|HI|SI, ACTION_NONE, run_conditions, NULL},

	/* The views. */
	{"view-open", "Enter",      "打开视图", "", "", "打开这个视图；它前面的字母或数字也行", V|HI|SI, ACTION_NONE, run_view_open, NULL},
	{"view-save", "F8 Ctrl-S",  "存为视图", "名称", "", "把现在的筛选和排序存为自己的视图", V|HI, ACTION_NONE, run_view_save, NULL},
	{"view-rename", "F6",       "改名",     "", "", "给自己的视图改名", V|HI|SI, ACTION_NONE, run_view_rename, NULL},
	{"view-key",  "F7",         "换按键",   "", "", "换打开它的字母或数字", V|HI|SI, ACTION_NONE, run_view_key, NULL},
	{"view-delete", "Delete F4", "删去",    "", "", "删去自己的视图，会再问一次", V|HI|SI, ACTION_NONE, run_view_delete, NULL},
	{"view-up",   "Shift-Up",   "上移",     "", "", "把自己的视图往上移", V|SI, ACTION_NONE, run_view_up, NULL},
	{"view-down", "Shift-Down", "下移",     "", "", "把自己的视图往下移", V|SI, ACTION_NONE, run_view_down, NULL},

	/* The preview. */
	{"confirm",   "y 是 Enter", "确认",     "", "", "确认：20 件以内按 y，或输入件数再按 Enter", P|HI|SI|TK, ACTION_NONE, run_confirm, NULL},
	{"digit",     "0 1 2 3 4 5 6 7 8 9", "件数", "", "", "输入要确认的件数", P|SI|TK, ACTION_NONE, run_digit, NULL},
	{"erase",     "Backspace",  "删一位",   "", "", "删去输入的一位", P|SI, ACTION_NONE, run_erase, NULL},
	{"note",      "n Tab",      "附注",     "", "", "给这一批加附注：文号、会议", P|HI|SI, ACTION_NONE, run_note, NULL},

	/* One proposal being edited. */
	{"take-theirs", "1",        "用他人的", "", "", "这一项用他人的", C|HI|SI, ACTION_NONE, run_take_theirs, NULL},
	{"take-mine", "2",          "用我的",   "", "", "这一项用我的", C|HI|SI, ACTION_NONE, run_take_mine, NULL},
	{"field",     "Enter",      "改此项",   "", "", "改光标所在的一项：打字，或从列表中选", E|C|HI|SI, ACTION_NONE, run_field, NULL},
	{"save",      "F8 Ctrl-S",  "保存",     "", "", "列出全部修改，确认后保存", E|C|HI|SI, ACTION_NONE, run_save, NULL},
	{"field-done", "F8 Ctrl-S Enter", "完成这一项", "", "", "完成这一项；内容有多行的，Enter 是换行", X|SI, ACTION_NONE, run_field_done, NULL},

	/* The batches. */
	{"batch-mark","Space",      "重新选中", "", "", "回到列表，选中这一批的提案", H|HI|SI, ACTION_NONE, run_batch_mark, NULL},
	{"batch-undo","u F6 Ctrl-U","撤销这批", "", "", "撤销这一批（先预览）", H|W|HI|SI, ACTION_UNDO, run_batch_undo, NULL},

	/* Move. */
	{"up",        "k Up",       "上",       "", "", "上一行", NB|SI, ACTION_NONE, run_up, NULL},
	{"down",      "j Down",     "下",       "", "", "下一行", NB|SI, ACTION_NONE, run_down, NULL},
	{"page-up",   "PgUp",       "上一页",   "", "", "上一页", NB|SI, ACTION_NONE, run_page_up, NULL},
	{"page-down", "PgDn",       "下一页",   "", "", "下一页", NB|SI, ACTION_NONE, run_page_down, NULL},
	{"first",     "g Home",     "到头",     "", "", "第一行", A|SI, ACTION_NONE, run_first, NULL},
	{"last",      "G End",      "到尾",     "", "", "最后一行", A|SI, ACTION_NONE, run_last, NULL},
	{"left",      "Left",       "左",       "", "", "左边的值；详情中：上一件", D|B|F|SI, ACTION_NONE, run_left, NULL},
	{"right",     "Right",      "右",       "", "", "右边的值；详情中：下一件", D|B|F|SI, ACTION_NONE, run_right, NULL},
	{"next-pane", "Tab",        "换窗格",   "", "", "列表、详情、筛选栏之间切换", L|D|B|SI, ACTION_NONE, run_next_pane, NULL},
	{"back",      "Esc",        "返回",     "", "", "退一步", A|SI, ACTION_NONE, run_back, NULL},

	/* The program. */
	{"palette",   ":",          "命令",     "", "", "输入命令，中文英文都可以", NP, ACTION_NONE, run_palette, NULL},
	{"menu",      "F9",         "菜单",     "", "", "所有命令的菜单", NP, ACTION_NONE, run_menu, NULL},
	{"help",      "F1 ?",       "帮助",     "[命令]", "", "按键和命令", A|BR, ACTION_NONE, run_help, shell_help},
	{"suspend",   "Ctrl-Z",     "暂停",     "", "", "回到 shell，用 fg 回来；没有 shell 时 Ctrl-Z 是撤销", A, ACTION_NONE, run_suspend, NULL},
	{"redraw",    "Ctrl-L",     "重画",     "", "", "重画屏幕", A, ACTION_NONE, run_redraw, NULL},
	{"quit",      "q",          "退出",     "", "", "退出；在别的页面上是返回", A, ACTION_NONE, run_quit, NULL},
	{"interrupt", "Ctrl-C",     "中断",     "", "", "连按两次退出", A|SI, ACTION_NONE, run_interrupt, NULL},

	/* Only in the shell. */
	{"init",      "", "建库",   "[目录]",    "system admin", "在目录中新建一个空的提案库", W, ACTION_NONE, NULL, shell_init},
	{"import",    "", "导入",   "文件|-",    "status dry-run strict note", "导入 CSV 或 JSON Lines", W, ACTION_CREATE, NULL, shell_import},
	{"list",      "", "列表",   "[条件…]",   "view json sort reverse group columns limit explain", "列出提案：status=办理中 unit=经信局 'due<7d' !result=A 文字…", 0, ACTION_READ, NULL, shell_list},
	{"show",      "", "详情",   "编号…",     "json", "显示提案的全部内容", 0, ACTION_READ, NULL, shell_show},
	{"count",     "", "计数",   "分组 [分组] [条件…]", "json explain", "按 status unit category level result feedback due session 计数", 0, ACTION_READ, NULL, shell_count},
	{"view",      "", "存视图", "save|delete 名称 [条件…]", "sort reverse group columns all", "保存、删去自己的视图，不动提案库", 0, ACTION_NONE, NULL, shell_view},
	{"report",    "", "报告",   "review",    "", "打印重点提案办理落实情况", 0, ACTION_READ, NULL, shell_report},
	{"user",      "", "用户",   "[list|add|role|remove] [帐号] [角色]", "json note", "谁能用，是什么角色：查看、编辑、管理", 0, ACTION_READ, NULL, shell_user},
	{"doctor",    "", "体检",   "",          "json", "检查安装、权限、磁盘、登录设置，逐项说明怎么办", BR, ACTION_NONE, NULL, shell_doctor},
	{"check",     "", "检查",   "",          "compare repair", "通读全库，重放历史，逐项核对", 0, ACTION_READ, NULL, shell_check},
	{"backup",    "", "备份",   "[文件]",    "rotate", "备份整个提案库，别人可以照常使用；备份会通读检查", BR, ACTION_BACKUP, NULL, shell_backup},
	{"export",    "", "导出",   "文件|-",    "", "整库导出为 JSON Lines，含历史和用户；import 可据此重建", BR, ACTION_EXPORT, NULL, shell_export},
	{"restore",   "", "恢复",   "文件",      "", "换成备份里的提案库，原来的留在旁边；要所有人先退出", W|BR, ACTION_MAINTAIN, NULL, shell_restore},
	{"compact",   "", "压缩",   "",          "", "去掉文件里的空页，让它变小；要所有人先退出", W|BR, ACTION_MAINTAIN, NULL, shell_compact},
};
/* clang-format on */

const size_t command_count = sizeof(commands) / sizeof(*commands);
