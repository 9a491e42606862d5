"""Who else is named in a text, and when is a name only a word?

A decision names people whom the case does not know: witnesses, samplers, reporters, staff of the
party. They stand behind a word that says in which capacity, or before 先生, 女士. Such a find is a
suggestion that a person answers, never a certainty.
"""

import re
from collections.abc import Iterator

from app.kernel.redaction_patterns import Found, Kind, Source

COMPOUND_SURNAMES = frozenset((
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人",
    "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶",
    "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于",
    "司空", "令狐", "百里", "呼延", "东郭", "南门", "轩辕", "第五",
))  # fmt: skip
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚"
    "符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆"
    "农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋"
    "商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)  # fmt: skip
_NAME = (
    rf"(?:(?:{'|'.join(sorted(COMPOUND_SURNAMES))}) ?[\u4e00-\u9fff]"
    rf"|[{SURNAMES}](?! ?某))(?: ?[\u4e00-\u9fff])"
)
#: Who stands in a decision without being its party.
CAPACITIES = (
    "法定代表人", "委托代理人", "代理人", "负责人", "经营者", "投资人", "举报人", "投诉人",
    "申诉人", "反映人", "消费者", "购买人", "购买者", "见证人", "证人", "抽样人员", "抽样人",
    "采样人员", "检验人员", "检查人员", "执法人员", "办案人员", "承办人员", "承办人", "审核人",
    "记录人", "在场人员", "在场人", "陪同人员", "被询问人", "询问人", "联系人", "收货人",
    "被委托人", "受托人", "受送达人", "经办人",
    "收件人", "送货人", "送达人", "员工", "店员", "营业员", "销售员", "采购员", "业务员",
    "仓管员", "保管员", "厂长", "经理", "店长", "会计", "股东", "司机", "驾驶员", "监护人",
    "配偶", "妻子", "丈夫", "儿子", "女儿",
)  # fmt: skip
# What may stand directly behind a name of two or three ideographs in such a place.
_BEHIND = (
    r"(?=[ ,，。.;；、:：()（）\]】]|$|陈述|称|反映|签|确认|在场|到场|到|系|于|与|和|及|的|是|说|"
    r"提供|经手|当场|负责|签收|介绍|承认|证实|证言|收|因|向|对|将|从|为|出具|进行|共|等|均|电话|身份|先生|女士|同志)"
)
_ONE = rf"(?P<name>{_NAME}[\u4e00-\u9fff]??){_BEHIND}"
AFTER_CAPACITY = re.compile(
    rf"(?:{'|'.join(sorted(CAPACITIES, key=len, reverse=True))})"
    # The printed form has its choices in brackets: 法定代表人(负责人、经营者):
    rf"(?:姓名)?(?:\([^()\d]{{1,16}}\))?(?:姓名)?(?:为|是|系)?[: ]{{0,3}}"
    rf"(?:[\u4e00-\u9fff]{{2,8}}[处科股室所局队] )?{_ONE}"
    r"|(?:当事人|被处罚人|姓名|户名|经办|审核|记录)(?:姓名|名称)? ?: ?"
    rf"(?P<other>{_NAME}[\u4e00-\u9fff]??){_BEHIND}"
)
# Behind a name its number may stand in brackets: 张样例(执法证号…)、李样例.
NEXT_ONE = re.compile(rf"(?:\([^()]{{1,40}}\))?[、和及与,] ?{_ONE}")
ADDRESSED = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?)(?=先生|女士|小姐)"
    rf"|(?<=[向对与和据由])(?P<other>[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?)(?=先生|女士|小姐)"
)
MOST_IN_A_ROW = 12
#: A capacity before these is not followed by a name: 负责人任命, 经营者应当, 员工和平 ….
NOT_A_NAME = re.compile(
    r"应[当该予]|任[何命职]|成[立为本]|和[平其]|向[本社该我]|于[本该是]|时[任为间]|全[部体额]|连[续同]|关[于闭]|"
    r"解[释除决]|简[要单]|包[括装含]|查[询封验]|明[知确显]|商[品标定场店]|单[位独方]|管[理制]|安[全装排]|经|对|将|对|"
    r"高[度于额]|白[天]|方[式便法面]|周[期边]|马上|金[额属]|石[材油]|申[请报]|许[可]|严[格重禁]|温[度]|甘[愿]|"
    r"游[客]|项[目]|车[辆间]|路[段面]|古[籍]|计|曾[经在于]|何[时种人]|文[件书]|从|未|已|不|应|均|自|均"
)
#: Words of everyday use that are names as well; a name among them is asked about where it stands.
COMMON_WORDS = frozenset((
    "高兴", "高度", "高明", "文明", "文化", "和平", "马上", "马力", "方向", "方便", "方正",
    "黄金", "黄河", "任何", "任务", "白金", "白天", "常见", "江山", "江南", "金属", "金额",
    "石油", "石材", "周期", "周全", "成功", "成品", "成立", "程序", "施工", "水平", "余额",
    "安全", "安康", "易燃", "关键", "强制", "平安", "光明", "建设", "建国", "国庆", "胜利",
    "红旗", "长城", "东方", "健康", "明显", "解放", "向阳", "金星", "卫生", "海洋", "春天",
    "明天", "华丽", "富强", "友谊", "丰收", "新华", "中华", "国强", "利民", "便民", "为民",
    "诚信", "永安", "永久", "长江", "长安", "泰山", "阳光", "明亮", "开明", "时间", "时常",
    "同意", "申请", "许可", "单位", "管理", "商标", "商品", "项目", "路线", "应当", "全部",
    "连续", "经常", "温度", "宁静", "严格", "严重", "游客", "车辆", "简单", "包装", "查明",
    "季节", "甘甜", "盛大", "荣誉", "顾客", "顾问", "贺信", "毛重", "毛利", "万一", "万元",
    "钱财", "武力", "向来", "牛奶", "齐全", "乔木", "庄重",
))  # fmt: skip


def suggested(text: str) -> Iterator[str]:
    """The names that stand where a text names people, in order; the same one only once."""
    seen: set[str] = set()
    for first in AFTER_CAPACITY.finditer(text):
        found: re.Match[str] | None = first
        for _ in range(MOST_IN_A_ROW):
            if found is None:
                break
            name = (found["name"] or found["other"]).replace(" ", "")
            if NOT_A_NAME.match(name) or name in COMMON_WORDS:
                break
            if name not in seen:
                seen.add(name)
                yield name
            found = NEXT_ONE.match(text, found.end())


def addressed(text: str) -> Iterator[Found]:
    """李先生, 王女士: a surname or a name before a form of address."""
    for found in ADDRESSED.finditer(text):
        group = "name" if found["name"] else "other"
        yield Found(*found.span(group), Kind.PERSON, Source.SUGGESTION)
