"""How does a decision full of private things look, when somebody has written each in disguise?

Everything is invented: numbers have right check digits and belong to nobody. The same seed gives
the same texts, so a failure can be run again.
"""

import random
from dataclasses import dataclass

from app.kernel.identifiers import resident_check
from app.kernel.redaction_patterns import Kind, luhn

DIGITS = "0123456789"
FULL_WIDTH = {sign: chr(ord(sign) + 0xFEE0) for sign in map(chr, range(0x21, 0x7F))}
NUMERALS = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "零幺二三四五六七八九")
GAPS = (" ", "  ", "\u3000", "\u200b", "\ufeff", "\n", "\r\n", "\u00a0", "-", "\u2011", "·")
INVISIBLE = ("\u200b", "\ufeff", "\u2060", "\u00ad")
#: Kinds whose gaps may be anything; in the others a gap of some kinds would part two words.
NUMBERS = frozenset({
    Kind.RESIDENT_ID, Kind.MOBILE, Kind.LANDLINE, Kind.BANK_CARD, Kind.PASSPORT,
})  # fmt: skip
PROVINCES = ("110105", "330783", "430281", "360700", "810000", "820000", "830000", "911100")


@dataclass(frozen=True)
class Planted:
    """One private string in a text: ``text[start:end]`` is how it is written there."""

    kind: Kind
    plain: str
    start: int
    end: int


def figures(chance, count):
    return "".join(chance.choice(DIGITS) for _ in range(count))


def resident(chance):
    year, month, day = chance.randint(1940, 2010), chance.randint(1, 12), chance.randint(1, 28)
    body = f"{chance.choice(PROVINCES)}{year}{month:02}{day:02}{figures(chance, 3)}"
    return body + resident_check(body)


def bank_card(chance):
    body = chance.choice(("6222", "6228", "6217", "4111", "5288"))
    body += figures(chance, 14 if body.startswith("6") else 11)
    return next(body + last for last in DIGITS if luhn(body + last))


def landline(chance):
    return chance.choice(("010", "021", "0571", "0731")) + chance.choice("678") + figures(chance, 7)


def passport(chance):
    return chance.choice(("E", "EA", "G", "H", "M", "C")) + figures(chance, 8)


def email(chance):
    return f"{chance.choice(('yangli', 'shifan.a', 'ceshi_b'))}{figures(chance, 3)}@example.com"


def plate(chance):
    return f"{chance.choice('京浙苏粤')}{chance.choice('ABCD')}{figures(chance, 5)}"


def social(chance):
    return "wx_" + chance.choice(("yangli", "shifan")) + figures(chance, 4)


MAKERS = {
    Kind.RESIDENT_ID: ("身份证号码", resident),
    Kind.MOBILE: ("联系电话", lambda chance: "1" + chance.choice("3456789") + figures(chance, 9)),
    Kind.LANDLINE: ("电话", landline),
    Kind.BANK_CARD: ("银行卡号", bank_card),
    Kind.PASSPORT: ("护照号", passport),
    Kind.EMAIL: ("邮箱", email),
    Kind.PLATE: ("车牌号", plate),
    Kind.SOCIAL: ("微信号", social),
}


def disguised(chance, kind, plain):
    """Write a string as somebody might: wide, in numerals, with gaps, breaks, unseen signs."""
    style = chance.randrange(4)
    numerals = chance.choice(NUMERALS)
    gaps = GAPS if kind in NUMBERS else INVISIBLE
    often = chance.choice((0.0, 0.1, 0.3))
    written = []
    for sign in plain:
        if style == 1:
            sign = FULL_WIDTH.get(sign, sign)  # noqa: PLW2901
        elif style == 2 and sign.isdigit() and kind in {*NUMBERS, Kind.PLATE}:
            sign = numerals[int(sign)]  # noqa: PLW2901
        written.append(sign)
        if chance.random() < often:
            written.append(chance.choice(gaps))
    if written[-1] in gaps:
        written.pop()
    return "".join(written)


#: What looks private and is not.
HARMLESS = (
    "统一社会信用代码914302813256875680。",
    "依据《中华人民共和国产品质量法》第四十九条，罚款人民币壹万贰仟叁佰元（12300.00元）。",
    "青市监处罚〔2026〕118号，检验报告编号ZX2026-0611-03，批号20260611。",
    "2026年3月1日至2026年6月9日，货值金额93600.00元，违法所得9360.00元，共312条。",
    "标准GB/T 5023.3-2008，型号60227 IEC 01（BV），条码6901234567892。",
    "投诉举报热线12315，二〇二六年九月四日。",
    "经营者应当履行进货查验义务，负责人已经整改，员工和平时一样在岗。",
)


def decision(chance):
    """A text with one private string of each kind, in chance order, and where each stands."""
    kinds = list(MAKERS)
    chance.shuffle(kinds)
    text, planted = "当事人样例电器厂在青石县生产不合格电热毯。", []
    for kind in kinds:
        label, make = MAKERS[kind]
        plain = make(chance)
        written = disguised(chance, kind, plain)
        # A number that nothing introduces must be found too, a card's by its check digit.
        said = label if kind in {Kind.SOCIAL, Kind.PASSPORT} or chance.random() < 0.5 else "登记有"
        text += said + chance.choice(("：", "为", ""))
        planted.append(Planted(kind, plain, len(text), len(text) + len(written)))
        text += written + chance.choice(("，", "。", "；", "\n")) + chance.choice(HARMLESS)
    return text, planted


def decisions(seed, count):
    chance = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    for _ in range(count):
        yield decision(chance)
