"""Where does an address go into more detail than the district, and is it somebody's home?

A district stays; road, number, building and room go. A scanner, not an expression: Chinese
addresses have no separators, and alternatives over runs of ideographs would not be linear.
"""

import re
from collections.abc import Iterator

from app.kernel.redaction_patterns import Found, Kind, Source

HOME_LABELS = re.compile(
    r"(?:家庭住址|现住址|住址|户籍所在地|户籍地址|户籍地|居住地址|居住地|经常居住地|通讯地址|联系地址|送达地址|"
    r"收件地址|家住|现住|暂住于|暂住|居住于|居住在"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=[男女族生]))住(?![所宅宿房院建])(?=[\u4e00-\u9fff]{2,9}[省市县旗区])"
    r")(?:为|是|在|于)?[: ]{0,3}"
)
# The end of a division's name: 县, 旗, 市, or 区 unless it ends 小区, 社区, 园区 …
DISTRICT = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:[县旗]|(?<![小社园校景厂片辖郊市])区|市(?![场监民政内区]))"
)
LONGEST = 60
RUN = re.compile(rf"[\u4e00-\u9fff0-9A-Za-z\-#() ]{{0,{LONGEST}}}")
WORDS_THAT_END = (
    "从事", "进行", "开展", "检查", "销售", "生产", "经营", "发现", "查获", "的", "内", "等",
    "收到", "处罚", "公司", "监督管理", "人民政府", "联系", "电话", "邮编", "身份",
)  # fmt: skip
PLACE = re.compile(
    r"[路街道巷弄村镇乡园苑庄里]|胡同|社区|小区|公寓|大厦|广场|花园|新村|工业区|开发区"
)
_FIGURES = r"[0-9一二三四五六七八九十百A-Za-z]"
UNIT = re.compile(
    rf"{_FIGURES}[0-9一二三四五六七八九十百A-Za-z\-]{{0,7}} ?"
    r"(?:号楼|号院|号门|号|幢|栋|座|单元|室|楼|层|弄|组|户|排|门)"
)


def addresses(text: str) -> Iterator[Found]:
    """Labelled homes first, then any road with a number behind a district."""
    for label in HOME_LABELS.finditer(text):
        start, end = label.end(), _end(text, label.end())
        start = _after_district(text, start, end)
        if end - start > 1:
            yield Found(start, end, Kind.ADDRESS, Source.LABELLED)
    at = 0
    while district := DISTRICT.search(text, at):
        at = district.end()
        end = _end(text, at)
        start = _after_district(text, at, end)
        end = _after_last_unit(text, start, end)
        if end > start:
            yield Found(start, end, Kind.ADDRESS, Source.PATTERN)
            at = end


def _end(text: str, start: int) -> int:
    """How far characters of an address run on from ``start``."""
    run = RUN.match(text, start)
    end = run.end() if run else start
    stops = [text.find(word, start, end) for word in WORDS_THAT_END]
    return min((stop for stop in stops if stop >= 0), default=end)


def _after_district(text: str, start: int, end: int) -> int:
    """Behind the last division named at the beginning of an address."""
    last = start
    for division in DISTRICT.finditer(text, start, end):
        if division.start() - last > LONGEST_DIVISION:
            break
        last = division.end()
    return last


LONGEST_DIVISION = 12  # ideographs; 省 and 自治区 may stand before the city in one run


def _after_last_unit(text: str, start: int, end: int) -> int:
    """The end of the last number, building or room behind a place name; ``start`` if none."""
    place = PLACE.search(text, start, end)
    if place is None:
        return start
    last = start
    for unit in UNIT.finditer(text, place.end(), end):
        last = unit.end()
    return last
