"""Which lines does a manuscript have, and what does a line of an official document look like?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.typesetting.facts import Table
from app.typesetting.paragraphs import FIRST, MARKS

SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000"), " ")
NAMES = r"[\u4e00-\u9fff（）()、·]"
ORGAN = re.compile(
    rf"{NAMES}{{2,40}}(?:局|厅|委员会|办公室|办公厅|人民政府|院|部|署|总队|支队|大队|中心|监管所|管理所|协会)"
)
NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff（）()]{1,20}?)\s*[〔\[［(（【]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]］)）】]"
    r"\s*(?P<serial>第?\s*\d+)\s*号"
)
PLAIN_NUMBER = re.compile(r"(?:第\d+号|(?:19|20)\d\d年第\d+号)")
SIGNER = re.compile(r"签发人[：:]\s*(?P<names>\S.*)")
DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
DAY_IN_CHARACTERS = re.compile(
    r"([二一][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
NOTE = re.compile(
    r"[（(](?P<text>(?:此件|本件|主动公开|依申请公开|不予公开|公开方式|联系人)[^（()）]{0,80})[)）]"
)
ATTACHMENTS = re.compile(r"附\s?件[：:]\s*(?P<first>.*)")
NUMBERED = re.compile(r"(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)])\s*(?P<name>\S.*)")
ANNEX_MARK = re.compile(r"附\s?件\s*(?P<number>[一二三四五六七八九十\d]{0,3})[：:]?")
ISSUED = re.compile(r"(?P<organ>.*?)\s*(?P<day>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印发")
COPIES = re.compile(r"抄送[：:]\s*(?P<text>\S.*)")
KEYWORDS = re.compile(r"主题词[：:]\s*(?P<text>\S.*)")
DISTRIBUTION = re.compile(r"(?:抄报|报送|分送|发送|发至|主送|本局|本厅|本委|内部发送)[：:]\s*\S.*")
PROOFREAD = re.compile(r"(?:录入|打字|校对|共印)\s*[：:]?\s*\S.*")
SECRECY = re.compile(r"(?:绝密|机密|秘密|内部)(?:★\S{1,6})?")
URGENCY = re.compile(r"特急|加急|平急|特提|急件")
SERIAL = re.compile(r"\d{6}")
KIND = (
    r"(?:通知|通告|公告|通报|决定|决议|意见|函|请示|报告|批复|命令|令|纪要|公报|议案|复函|方案|计划|规定|办法|细则"
    r"|要点|规则|规范|规划|总结|制度|指引|清单|名单|标准|预案|措施|倡议书|统计表|分解表|一览表|登记表|报告表|月报表|汇总表|表)"
)
ENDS_AS_TITLE = re.compile(rf"{KIND}(?:\s*[（(][^（()）]*[)）])?$")
TITLE_BEGINS = re.compile(r"关于|转发|批转|印发|公布|发布")
WEB = re.compile(
    r"核心提示|网站首页|关于我们|推荐图文|推荐资讯|点击排行|上一篇|下一篇|打印本页|关闭窗口|分享到|责任编辑"
    r"|(?:举报|收藏|打赏|评论)\s*\d|版权所有|ICP备|浏览次数|字体[：:]|发布时间[：:]|信息来源[：:]"
)
DATED_BY_THE_WEB = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}(?:\s|$)")
RULE = re.compile(r"\s{0,3}(?:-\s?){3,80}|\s{0,3}(?:\*\s?){3,80}|\s{0,3}(?:_\s?){3,80}")
LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\((?:https?:|mailto:|[./#])[^\s()]{0,500}\)")
STOPS = "。；！？：:”》）)….;!?"
CHARACTERS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
}
UNITS_AFTER_NUMBER = "年月日类个号项家批起条次台吨万亿元种件级"
WRAPPED = 20  # characters; a shorter line without a full stop is one on purpose


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the manuscript: its number from 1, its text tidied, and as it was."""

    number: int
    text: str
    raw: str = ""
    table: Table | None = None  # where the file itself says so


def lines_of(text: str) -> list[Line]:
    """The lines of ``text``, blank ones with an empty text; Markdown marks are taken away."""
    return [
        Line(number, tidy(without_markdown(raw)), raw)
        for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
    ]


def without_markdown(raw: str) -> str:
    """A line without the marks of headings, lists, quotations, emphasis, code and links."""
    if RULE.fullmatch(raw):
        return ""
    bare = re.sub(r"^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)", "", raw)
    bare = LINK.sub(r"\1", re.sub(r"`([^`]+)`", r"\1", bare))
    return re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", bare)


def markdown_level(raw: str) -> int:
    """How many # a heading begins with; 0 for any other line."""
    found = re.match(r"\s{0,3}(#{1,6})\s+\S", raw)
    return len(found[1]) if found else 0


def tidy(raw: str) -> str:
    """A line without the spaces that a converter leaves around numbers and heading marks."""
    text = raw.translate(SPACES).strip()
    if "\t" in text:
        return text
    text = re.sub(rf"(?<=[\u4e00-\u9fff，、（“])\s(?=\d+\s*[{UNITS_AFTER_NUMBER}])", "", text)
    text = re.sub(rf"(?<=\d)\s+(?=[{UNITS_AFTER_NUMBER}])", "", text)
    for mark, _ in MARKS:
        found = mark.match(text)
        if found:
            return found.group() + text[found.end() :].lstrip()
    return re.sub(rf"^({FIRST.pattern})\s+", r"\1", text)


def joined(text: str) -> str:
    """A title without spaces between its ideographs, punctuation and numbers."""
    return re.sub(r"(?<=[^\sA-Za-z])\s+|\s+(?=[^\sA-Za-z])", "", text)


def day_in(text: str) -> date | None:
    """The day that a line names and nothing else, in figures or in characters."""
    bare = re.sub(r"\s", "", text)
    figures, words = DAY.fullmatch(bare), DAY_IN_CHARACTERS.fullmatch(bare)
    if figures:
        year, month, day = map(int, figures.groups())
    elif words:
        year = int("".join(str(CHARACTERS[sign]) for sign in words.group(1)))
        month, day = _number(words.group(2)), _number(words.group(3))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """十二 is 12, 二十三 is 23, 八 is 8."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return CHARACTERS[text] if len(text) == 1 else 0
    return 10 * (CHARACTERS[tens] if len(tens) == 1 else 1) + (CHARACTERS.get(ones, 0))


def number_in(text: str) -> str:
    """The document number a line is, with its year in 〔〕; empty if it is none."""
    found = NUMBER.fullmatch(text)
    if found:
        return normal_number(found)
    return text if PLAIN_NUMBER.fullmatch(text) else ""


def normal_number(found: re.Match[str]) -> str:
    """The number with its year in 〔〕; a 第 or a zero that stands in it is part of its name."""
    serial = found["serial"].replace(" ", "")
    return f"{found['code']}〔{found['year']}〕{serial}号"


def is_heading(text: str) -> bool:
    """Whether a line begins with one of the four marks of headings."""
    return any(mark.match(text) for mark, _ in MARKS)


def is_organ(text: str) -> bool:
    """Whether a line is the name of an organ and nothing else."""
    return len(text) <= 40 and ORGAN.fullmatch(re.sub(r"\s", "", text)) is not None


def is_colophon(text: str) -> bool:
    """Whether a line belongs into the colophon."""
    return any(
        pattern.fullmatch(text) for pattern in (COPIES, KEYWORDS, DISTRIBUTION, PROOFREAD, ISSUED)
    )


def is_annex_mark(text: str) -> bool:
    """Whether a line is 附件, 附件1 or 附件一 and nothing else."""
    return ANNEX_MARK.fullmatch(text) is not None


def is_foreign(text: str) -> bool:
    """Whether a line is part of a web page around the document."""
    return WEB.search(text) is not None or DATED_BY_THE_WEB.match(text) is not None
