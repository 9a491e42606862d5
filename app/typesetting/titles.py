"""Where is a long title broken, so that words stay whole and the lines balance?

GB/T 9704-2012, 7.3.1: a trapezoid or a rhombus. There is no dictionary here; the places where
official titles divide are few and known. A title that carries its own line breaks keeps them.
"""

import re
import unicodedata
from functools import cache

WIDTH = 20  # 22 pt characters in the 156 mm of the type area

# A break is natural before these words …
BEFORE = (
    "关于", "开展", "加强", "进一步", "的通知", "的通告", "的公告", "的通报", "的函", "的决定",
    "的意见", "专项", "质量", "产品", "生产", "销售", "违法", "案件", "重点",
    "工作", "行动", "《", "（", "“",
)  # fmt: skip
# … and after these.
AFTER = (
    "局", "厅", "公司", "委员会", "办公室", "关于", "印发", "转发", "开展", "做好", "加强",
    "》", "）", "”", "、", "，", "；", "：", "和", "专项", "行动", "年度", "产品",
)  # fmt: skip
UNBREAKABLE = re.compile(
    r"[0-9A-Za-z.〔〕\-]+[年月日号]?|[不未无非].|的(?=通知|通告|公告|通报|函|决定|意见)"
)
NOT_AT_START = "》）”、，。：；！？和与及了"
NOT_AT_END = "《（“"


def title_lines(title: str, width: int = WIDTH) -> tuple[str, ...]:
    """Break ``title`` into lines of at most ``width`` full characters."""
    given = tuple(line.strip() for line in title.splitlines() if line.strip())
    return tuple(line for part in given for line in _broken(part, width))


def columns(text: str) -> float:
    """Width in full characters; Latin letters and digits count half."""
    wide = ("W", "F", "A")
    return sum(1.0 if unicodedata.east_asian_width(sign) in wide else 0.55 for sign in text)


def _broken(title: str, width: int) -> tuple[str, ...]:
    if columns(title) <= width:
        return (title,)
    forbidden = {
        place
        for token in UNBREAKABLE.finditer(title)
        for place in range(token.start() + 1, token.end())
    }
    for count in range(2, len(title)):
        best = _best(title, count, width, frozenset(forbidden))
        if best:
            return best
    return (title,)


def _best(title: str, count: int, width: int, forbidden: frozenset[int]) -> tuple[str, ...] | None:
    """The cheapest division into ``count`` lines, or none if it cannot be done."""
    ideal = columns(title) / count

    @cache
    def cheapest(start: int, left: int) -> tuple[float, tuple[str, ...]] | None:
        if left == 1:
            rest = title[start:]
            return (abs(columns(rest) - ideal), (rest,)) if columns(rest) <= width else None
        found: tuple[float, tuple[str, ...]] | None = None
        for place in range(start + 1, len(title)):
            line = title[start:place]
            if columns(line) > width:
                break
            tail = cheapest(place, left - 1) if _allowed(title, place, forbidden) else None
            if tail is None:
                continue
            cost = abs(columns(line) - ideal) + _roughness(title, place) + tail[0]
            if found is None or cost < found[0]:
                found = (cost, (line, *tail[1]))
        return found

    answer = cheapest(0, count)
    return answer[1] if answer else None


def _allowed(title: str, place: int, forbidden: frozenset[int]) -> bool:
    return (
        place not in forbidden
        and title[place] not in NOT_AT_START
        and title[place - 1] not in NOT_AT_END
    )


def _roughness(title: str, place: int) -> float:
    """How much a break at ``place`` hurts, in characters of imbalance it is worth avoiding."""
    if title[:place].endswith(AFTER):
        return 0.0
    if title.startswith(BEFORE, place):
        return 0.5
    return 8.0
