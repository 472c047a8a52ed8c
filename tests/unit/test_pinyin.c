#include "base/pinyin.h"

#include <string.h>

#include "base/buf.h"
#include "unit.h"

struct spoken {
	const char *text, *syllables; /* with blanks between */
};

/* People; many of their names are read as the word is not. */
static const struct spoken people[] = {
	{"王富国", "wang fu guo"},
	{"李静", "li jing"},
	{"张建军", "zhang jian jun"},
	{"刘洋", "liu yang"},
	{"陈晓明", "chen xiao ming"},
	{"杨柳青", "yang liu qing"},
	{"赵敏", "zhao min"},
	{"黄莺", "huang ying"},
	{"周瑜", "zhou yu"},
	{"吴用", "wu yong"},
	{"徐霞客", "xu xia ke"},
	{"孙武", "sun wu"},
	{"胡适", "hu shi"},
	{"朱自清", "zhu zi qing"},
	{"高启强", "gao qi qiang"},
	{"林徽因", "lin hui yin"},
	{"何其芳", "he qi fang"},
	{"郭沫若", "guo mo ruo"},
	{"马识途", "ma shi tu"},
	{"罗中立", "luo zhong li"},
	{"吕布", "lv bu"},
	{"闾丘露薇", "lv qiu lu wei"},
	{"单雄信", "shan xiong xin"},
	{"仇英", "qiu ying"},
	{"查良镛", "zha liang yong"},
	{"曾国藩", "zeng guo fan"},
	{"解缙", "xie jin"},
	{"盖叫天", "ge jiao tian"},
	{"盖苏文", "gai su wen"},
	{"区寄", "ou ji"},
	{"朴树", "piao shu"},
	{"朴正焕", "piao zheng huan"},
	{"尉迟恭", "yu chi gong"},
	{"万俟卨", "mo qi xie"},
	{"长孙无忌", "zhang sun wu ji"},
	{"澹台灭明", "tan tai mie ming"},
	{"繁钦", "po qin"},
	{"种师道", "chong shi dao"},
	{"乐毅", "yue yi"},
	{"乐嘉", "le jia"},
	{"召虎", "shao hu"},
	{"覃辉", "qin hui"},
	{"覃元", "tan yuan"},
	{"冼星海", "xian xing hai"},
	{"纪晓岚", "ji xiao lan"},
	{"任正非", "ren zheng fei"},
	{"华罗庚", "hua luo geng"},
	{"哈文", "ha wen"},
	{"宓子贱", "fu zi jian"},
	{"宓庆", "mi qing"},
	{"员半千", "yun ban qian"},
	{"郇心", "huan xin"},
	{"郇山", "xun shan"},
	{"隗嚣", "wei xiao"},
	{"隗炎", "kui yan"},
	{"缪荃孙", "miao quan sun"},
	{"翟让", "zhai rang"},
	{"翟方进", "di fang jin"},
	{"令狐冲", "ling hu chong"},
	{"鲜于枢", "xian yu shu"},
	{"仉孟氏", "zhang meng shi"},
	{"逄先知", "pang xian zhi"},
	{"褚时健", "chu shi jian"},
	{"秘宜", "bi yi"},
	{"祭遵", "zhai zun"},
	{"应采儿", "ying cai er"},
	{"折德扆", "she de yi"},
	{"车胤", "che yin"},
	{"沈从文", "shen cong wen"},
	{"禚娜", "zhuo na"},
	{"甄嬛", "zhen huan"},
	{"佴平", "nai ping"},
	{"那英", "na ying"},
	{"都穆", "du mu"},
	{"句践", "gou jian"},
	{"过百龄", "guo bai ling"},
	{"阚泽", "kan ze"},
	{"撒贝宁", "sa bei ning"},
	{"盛宣怀", "sheng xuan huai"},
	{"牟其中", "mu qi zhong"},
	{"牟宗三", "mou zong san"},
	{"钭元", "tou yuan"},
	{"郏亶", "jia dan"},
	{"郗鉴", "xi jian"},
	{"郗恢", "chi hui"},
	{"瞿秋白", "qu qiu bai"},
	{"卜算子", "bu suan zi"},
	{"仝卓", "tong zhuo"},
	{"舍那", "she na"},
	{"幺书仪", "yao shu yi"},
	{"么宇", "yao yu"},
	{"乜子", "nie zi"},
	{"宁静", "ning jing"},
	{"毋丘俭", "wu qiu jian"},
	{"亓官", "qi guan"},
	{"呼延灼", "hu yan zhuo"},
	{"赫连勃勃", "he lian bo bo"},
	{"冒辟疆", "mao pi jiang"},
	{"訾祏", "zi shi"},
	{"眭弘", "sui hong"},
	{"厍钧", "she jun"},
	{"莘野", "shen ye"},
	{"夏侯惇", "xia hou dun"},
	{"谌龙", "chen long"},
	{"谌贻琴", "shen yi qin"},
	{"费孝通", "fei xiao tong"},
	{"费宏", "bi hong"},
	{"黑云祥", "he yun xiang"},
	{"薄一波", "bo yi bo"},
	{"隽不疑", "juan bu yi"},
	{"晁盖", "chao gai"},
	{"晟敏", "cheng min"},
	{"洗夫人", "xian fu ren"},
	{"能元皓", "nai yuan hao"},
	{"藏天朔", "zang tian shuo"},
	{"贾岛", "jia dao"},
	{"柏杨", "bo yang"},
	{"柏子", "bai zi"},
	{"戚继光", "qi ji guang"},
	{"臧克家", "zang ke jia"},
	{"尹相杰", "yin xiang jie"},
	{"相里金", "xiang li jin"},
	{"教育", "jiao yu"},
	{"燕青", "yan qing"},
	{"葛优", "ge you"},
	{"阿英", "a ying"},
	{"欧阳修", "ou yang xiu"},
	{"诸葛亮", "zhu ge liang"},
	{"皇甫嵩", "huang fu song"},
	{"聂耳", "nie er"},
	{"嵇康", "ji kang"},
	{"艾青", "ai qing"},
	{"敖子逸", "ao zi yi"},
	{"刘䶮", "liu yan"},
	{"李𬭎", "li hong"},
	{"张嘉倪", "zhang jia ni"},
	{"龚鹏程", "gong peng cheng"},
	{"殷浩", "yin hao"},
	{"臺靜農", "tai jing nong"},
	{"鄧麗君", "deng li jun"},
	{"蕭薔", "xiao qiang"},
	{"陸羽", "lu yu"},
	{"呂麗萍", "lv li ping"},
	{"適青", "kuo qing"},
	{"朝云", "zhao yun"},
	{"庹宗华", "tuo zong hua"},
	{"伏羲", "fu xi"},
	{"贠凤", "yun feng"},
	{"芮成钢", "rui cheng gang"},
	{"邸达", "di da"},
	{"妫海", "gui hai"},
	{"郤正", "xi zheng"},
	{"爨宝子", "cuan bao zi"},
	{"昝爱宗", "zan ai zong"},
	{"佘太君", "she tai jun"},
	{"逢蒙", "pang meng"},
	{"炅桂", "gui gui"},
	{"粘木楞", "nian mu leng"},
	{"贲赫", "ben he"},
};

static const struct spoken places[] = {
	{"重庆", "chong qing"},      {"六安", "lu an"},
	{"六合", "lu he"},           {"蚌埠", "beng bu"},
	{"番禺", "pan yu"},          {"台州", "tai zhou"},
	{"丽水", "li shui"},         {"莘庄", "xin zhuang"},
	{"莘县", "shen xian"},       {"乐清", "yue qing"},
	{"乐亭", "lao ting"},        {"铅山", "yan shan"},
	{"东阿", "dong e"},          {"浚县", "xun xian"},
	{"黄陂", "huang pi"},        {"大埔", "da bu"},
	{"黄埔", "huang pu"},        {"洪洞", "hong tong"},
	{"牟平", "mu ping"},         {"尉犁", "yu li"},
	{"单县", "shan xian"},       {"会稽", "kuai ji"},
	{"涡阳", "guo yang"},        {"亳州", "bo zhou"},
	{"歙县", "she xian"},        {"黟县", "yi xian"},
	{"郓城", "yun cheng"},       {"茌平", "chi ping"},
	{"枞阳", "zong yang"},       {"泌阳", "bi yang"},
	{"吴堡", "wu bu"},           {"珲春", "hun chun"},
	{"穆棱", "mu ling"},         {"百色", "bai se"},
	{"东莞", "dong guan"},       {"筠连", "jun lian"},
	{"犍为", "qian wei"},        {"荥经", "ying jing"},
	{"荥阳", "xing yang"},       {"什邡", "shi fang"},
	{"阆中", "lang zhong"},      {"儋州", "dan zhou"},
	{"厦门", "xia men"},         {"长汀", "chang ting"},
	{"嵊州", "sheng zhou"},      {"鄞州", "yin zhou"},
	{"衢州", "qu zhou"},         {"缙云", "jin yun"},
	{"诸暨", "zhu ji"},          {"甪直", "lu zhi"},
	{"浒墅关", "xu shu guan"},   {"浒湾", "xu wan"},
	{"邗江", "han jiang"},       {"盱眙", "xu yi"},
	{"邳州", "pi zhou"},         {"睢宁", "sui ning"},
	{"监利", "jian li"},         {"勐腊", "meng la"},
	{"耒阳", "lei yang"},        {"郴州", "chen zhou"},
	{"汨罗", "mi luo"},          {"繁峙", "fan shi"},
	{"井陉", "jing xing"},       {"蔚县", "yu xian"},
	{"蠡县", "li xian"},         {"大城", "dai cheng"},
	{"曲阜", "qu fu"},           {"漯河", "luo he"},
	{"渑池", "mian chi"},        {"嘉兴", "jia xing"},
	{"平湖", "ping hu"},         {"海盐", "hai yan"},
	{"澉浦", "gan pu"},          {"硖石", "xia shi"},
	{"濮院", "pu yuan"},         {"当湖", "dang hu"},
	{"钟埭", "zhong dai"},       {"曹桥", "cao qiao"},
	{"乍浦", "zha pu"},          {"独山港", "du shan gang"},
	{"新埭", "xin dai"},         {"新仓", "xin cang"},
	{"广陈", "guang chen"},      {"林埭", "lin dai"},
	{"虹霓", "hong ni"},         {"全塘", "quan tang"},
	{"黄姑", "huang gu"},        {"徐埭", "xu dai"},
	{"瓦山", "wa shan"},         {"西安", "xi an"},
	{"吉安", "ji an"},           {"延安", "yan an"},
	{"瀋陽", "shen yang"},       {"曾厝垵", "zeng cuo an"},
	{"杭州灣", "hang zhou wan"}, {"綠洲", "lv zhou"},
};

static const struct spoken offices[] = {
	{"经信局", "jing xin ju"},
	{"发改委", "fa gai wei"},
	{"人社局", "ren she ju"},
	{"综合执法局", "zong he zhi fa ju"},
	{"综合行政执法局", "zong he xing zheng zhi fa ju"},
	{"农工党", "nong gong dang"},
	{"民革", "min ge"},
	{"民盟", "min meng"},
	{"民建", "min jian"},
	{"民进", "min jin"},
	{"致公党", "zhi gong dang"},
	{"九三学社", "jiu san xue she"},
	{"工商联", "gong shang lian"},
	{"总工会", "zong gong hui"},
	{"妇联", "fu lian"},
	{"团市委", "tuan shi wei"},
	{"科协", "ke xie"},
	{"残联", "can lian"},
	{"发展和改革局", "fa zhan he gai ge ju"},
	{"教育局", "jiao yu ju"},
	{"卫生健康局", "wei sheng jian kang ju"},
	{"交通运输局", "jiao tong yun shu ju"},
	{"自然资源和规划局", "zi ran zi yuan he gui hua ju"},
	{"市场监管局", "shi chang jian guan ju"},
	{"税务局", "shui wu ju"},
	{"行政审批局", "xing zheng shen pi ju"},
	{"银行", "yin hang"},
	{"社会治理中心", "she hui zhi li zhong xin"},
	{"会计学会", "kuai ji xue hui"},
	{"消防救援大队", "xiao fang jiu yuan da dui"},
	{"供销总社", "gong xiao zong she"},
	{"气象局", "qi xiang ju"},
	{"女企业家协会", "nv qi ye jia xie hui"},
	{"旅行社", "lv xing she"},
	{"汽车产业", "qi che chan ye"},
};

/* From the text's begin to its end, with other words around it. */
static void assert_sounds(const char *text, const char *letters)
{
	static const char before[] = "，“（";
	struct buf around = {0};
	struct pinyin pinyin;
	size_t from = 0, to = 0;

	buf_printf(&around, "%s%s）的建议", before, text);
	if (!pinyin_parse(letters, &pinyin))
		fail_msg("%s is no pinyin", letters);
	if (!pinyin_find(&pinyin, around.data, around.len, &from, &to))
		fail_msg("%s is not %s", text, letters);
	if (from != strlen(before) || to != from + strlen(text))
		fail_msg("%s is %s, but %zu to %zu", text, letters, from, to);
	buf_free(&around);
}

/* How many letters of a syllable are typed. */
static size_t all_of(const char *syllable, size_t n)
{
	(void)n;
	return strcspn(syllable, " ");
}

static size_t one_of(const char *syllable, size_t n)
{
	(void)syllable;
	(void)n;
	return 1;
}

static size_t initial_of(const char *syllable, size_t n)
{
	(void)n;
	return syllable[1] == 'h' ? 2 : 1;
}

static size_t odd_ones(const char *syllable, size_t n)
{
	return n % 2 ? all_of(syllable, n) : 1;
}

static size_t even_ones(const char *syllable, size_t n)
{
	return n % 2 ? 1 : all_of(syllable, n);
}

typedef size_t part_fn(const char *syllable, size_t n);

static const char *type(struct buf *out, const char *syllables, part_fn *part)
{
	size_t n = 0;

	buf_reset(out);
	while (*syllables) {
		buf_add(out, syllables, part(syllables, n++));
		syllables += strcspn(syllables, " ");
		syllables += strspn(syllables, " ");
	}
	return buf_text(out);
}

static void assert_spoken(const struct spoken *spoken, size_t count)
{
	static part_fn *const parts[] = {all_of, one_of, initial_of, odd_ones,
					 even_ones};
	struct buf typed = {0};

	for (size_t i = 0; i < count; i++) {
		const char *text = spoken[i].text;

		for (size_t n = 0; n < LENGTH(parts); n++)
			assert_sounds(text, type(&typed, spoken[i].syllables,
						 parts[n]));
		/* Not all of the last syllable has been typed yet. */
		type(&typed, spoken[i].syllables, all_of);
		typed.data[typed.len - 1] = '\0';
		if (strrchr(spoken[i].syllables, ' ')[2])
			assert_sounds(text, typed.data);
	}
	buf_free(&typed);
}

static void people_are_found_by_any_reading(void **state)
{
	(void)state;
	assert_spoken(people, LENGTH(people));
}

static void places_are_found_as_they_are_called_there(void **state)
{
	(void)state;
	assert_spoken(places, LENGTH(places));
}

static void offices_are_found_by_their_initials(void **state)
{
	(void)state;
	assert_spoken(offices, LENGTH(offices));
}

static void a_word_may_be_typed_in_several_ways(void **state)
{
	static const struct spoken cases[] = {
		{"重庆", "zhongqing"},
		{"重庆", "zhqing"},
		{"重庆", "zhongq"},
		{"西安", "xi'an"},
		{"西安", "xi’an"},
		{"西安", "'xi''an"},
		{"西安", "xian"},
		{"先", "xian"},
		{"女", "nv"},
		{"女", "nu"},
		{"女", "nü"},
		{"女", "NÜ"},
		{"吕", "lv"},
		{"吕", "lu"},
		{"略", "lue"},
		{"略", "lve"},
		{"虐", "nüe"},
		{"徐", "xu"},
		{"徐", "xü"},
		{"徐", "xv"},
		{"元", "yvan"},
		{"经信局", "JXJ"},
		{"经信局", "ｊｘｊ"},
		{"经信局", "JingXinJu"},
		{"方案", "fangan"},
		{"反感", "fangan"},
		{"方案", "fang'an"},
		{"反感", "fan'gan"},
		{"经信局", "jx'j"},
		{"宁国", "ng"},
		{"再会", "zh"},
		{"中", "zh"},
		{"中", "z"},
		{"儿童", "ertong"},
		{"经信局", "jingxinju'"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_sounds(cases[i].text, cases[i].syllables);
}

static void what_sounds_different_is_not_found(void **state)
{
	static const struct spoken cases[] = {
		{"王富国", "wfh"},
		{"王富国", "fwg"},
		{"王富国", "wfgg"},
		{"王富国", "wg"},
		{"王富国", "wanfg"},
		{"王富国", "wangfuguoa"},
		{"王，富国", "wfg"},
		{"王 富国", "wfg"},
		{"王a富国", "wfg"},
		{"王\xff富国", "wfg"},
		{"王\xe5\xaf", "wf"},
		{"宗", "zhong"},
		{"宗", "zhon"},
		{"宗", "zh"},
		{"中", "zong"},
		{"努", "nv"},
		{"卢", "lv"},
		{"卢", "lü"},
		{"乱国", "luguo"},
		{"暖国", "nuguo"},
		{"先", "xi'an"},
		{"方案", "fan'gan"},
		{"反感", "fang'an"},
		{"重庆", "dongqing"},
		{"重庆", "chonqing"},
		{"重庆", "chong'qin'"},
		{"经信局", "jin'xinju"},
		{"经信局", "jingxing"},
		{"经信局", "jxq"},
		{"经信局", "sjxj"},
		{"jxj", "jxj"},
		{"", "jxj"},
		{"中", "z'h"},
		{"丁", "chong"},
		{"カ", "ka"},
		{"①", "yi"},
		{"经信", "jxj"},
		{"信局", "jxj"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *text = cases[i].text;
		struct pinyin pinyin;
		size_t from, to;

		if (!pinyin_parse(cases[i].syllables, &pinyin))
			fail_msg("%s is no pinyin", cases[i].syllables);
		if (pinyin_find(&pinyin, text, strlen(text), &from, &to))
			fail_msg("%s is %s", text, cases[i].syllables);
	}
}

static void other_words_are_no_pinyin(void **state)
{
	static const char *const words[] = {
		"",       "'",     "usb",      "iphone", "u",    "v",
		"ü",      "wang2", "a b",      "王",     "w-f",  "wáng",
		"lün1",   "\xff",  "zu'u",     "vip",    "baiu", "a.",
		"jü\xc3", "ping1", "kiosku'i", "zhi'i",
	};
	struct pinyin pinyin;
	(void)state;

	for (size_t i = 0; i < LENGTH(words); i++) {
		if (pinyin_parse(words[i], &pinyin))
			fail_msg("%s is pinyin", words[i]);
	}
}

static void the_longest_word_is_found_whole(void **state)
{
	char letters[PINYIN_LETTERS + 2] = {0};
	struct buf text = {0};
	struct pinyin pinyin;
	size_t from, to;
	(void)state;

	for (size_t i = 0; i < PINYIN_LETTERS; i++) {
		letters[i] = 'g';
		buf_str(&text, "国");
	}
	assert_true(pinyin_parse(letters, &pinyin));
	assert_true(pinyin_find(&pinyin, text.data, text.len, &from, &to));
	assert_int_equal(from, 0);
	assert_int_equal(to, text.len);
	assert_false(pinyin_find(&pinyin, text.data, text.len - 3, &from, &to));
	letters[PINYIN_LETTERS] = 'g';
	assert_false(pinyin_parse(letters, &pinyin));
	buf_free(&text);
}

static void the_first_of_several_is_found(void **state)
{
	static const char text[] = "经办与经信局、经信局";
	struct pinyin pinyin;
	size_t from, to;
	(void)state;

	assert_true(pinyin_parse("jxj", &pinyin));
	assert_true(pinyin_find(&pinyin, text, strlen(text), &from, &to));
	assert_int_equal(from, strlen("经办与"));
	assert_int_equal(to, strlen("经办与经信局"));
	/* A part of it only is not followed into what is behind its end. */
	assert_false(pinyin_find(&pinyin, text, to - 1, &from, &to));
}

/* As it may be typed: with u for ü. */
static bool begins(unsigned id, const char *typed)
{
	const char *syllable = pinyin_syllable(id);

	for (; *typed; typed++, syllable++) {
		if (*syllable != *typed && !(*syllable == 'v' && *typed == 'u'))
			return false;
	}
	return true;
}

static void syllables_that_begin_alike_are_in_a_row(void **state)
{
	unsigned count = 0;
	(void)state;

	while (pinyin_syllable(count + 1))
		count++;
	assert_in_range(count, 400, 450);
	assert_null(pinyin_syllable(0));
	for (unsigned a = 1; a <= count; a++) {
		const char *typed = pinyin_syllable(a);

		for (unsigned b = a + 2; b <= count; b++) {
			if (begins(b, typed) && !begins(b - 1, typed))
				fail_msg("%s, %s", typed, pinyin_syllable(b));
		}
	}
}

static bool reads(char32_t cp, const char *syllable)
{
	uint16_t ids[PINYIN_READINGS];
	size_t count = pinyin_readings(cp, ids);

	for (size_t i = 0; i < count; i++) {
		if (!strcmp(pinyin_syllable(ids[i]), syllable))
			return true;
	}
	return false;
}

static void a_character_has_every_reading(void **state)
{
	uint16_t ids[PINYIN_READINGS];
	(void)state;

	assert_int_equal(pinyin_readings(U'国', ids), 1);
	assert_string_equal(pinyin_syllable(ids[0]), "guo");
	assert_int_equal(pinyin_readings(U'重', ids), 2);
	assert_string_equal(pinyin_syllable(ids[0]), "chong");
	assert_string_equal(pinyin_syllable(ids[1]), "zhong");
	assert_int_equal(pinyin_readings(U'a', ids), 0);
	assert_int_equal(pinyin_readings(U'，', ids), 0);
	assert_int_equal(pinyin_readings(U'😀', ids), 0);
	assert_int_equal(pinyin_readings(0xFFFFFFFF, ids), 0);
	/* its own, and that of what it folds to */
	assert_true(reads(U'乾', "qian"));
	assert_true(reads(U'乾', "gan"));
	assert_true(reads(U'⻓', "chang"));
	assert_true(reads(U'嗯', "en"));
	assert_true(reads(U'〇', "ling"));
	/* rare ones, and one beyond U+FFFF that is in use */
	assert_true(reads(U'丼', "jing"));
	assert_true(reads(U'㛃', "jie"));
	assert_true(reads(U'𫖯', "fu"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_are_found_by_any_reading),
		cmocka_unit_test(places_are_found_as_they_are_called_there),
		cmocka_unit_test(offices_are_found_by_their_initials),
		cmocka_unit_test(a_word_may_be_typed_in_several_ways),
		cmocka_unit_test(what_sounds_different_is_not_found),
		cmocka_unit_test(other_words_are_no_pinyin),
		cmocka_unit_test(the_longest_word_is_found_whole),
		cmocka_unit_test(the_first_of_several_is_found),
		cmocka_unit_test(syllables_that_begin_alike_are_in_a_row),
		cmocka_unit_test(a_character_has_every_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
