"""How do facts become the HTML that is typeset? Templates only; every value is escaped text."""

import io
from datetime import date
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.typesetting.paragraphs import paragraphs
from app.typesetting.tables import ends_landscape, is_landscape, layout
from app.typesetting.titles import columns, title_lines

TEMPLATES = Path(__file__).parent / "templates"
DIGITS = "〇一二三四五六七八九"
LARGEST_MARK, SMALLEST_MARK = 48, 12  # points


def official_date(day: date) -> str:
    """2026年9月4日: no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_in_characters(day: date) -> str:
    """二〇〇七年八月二十三日: the form of GB/T 9704-1999, for documents dated in it."""
    year = "".join(DIGITS[int(sign)] for sign in str(day.year))
    return f"{year}年{number_in_characters(day.month)}月{number_in_characters(day.day)}日"


def number_in_characters(number: int) -> str:
    """三, 十二, 二十: a number from 1 to 99."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones else "")


def mark_size(organ: str, width: float) -> int:
    """Type size in points at which ``organ`` fits into ``width`` points on one line."""
    fitting = int(width / max(columns(organ), 1.0))
    return max(SMALLEST_MARK, min(LARGEST_MARK, fitting))


def qr_code(address: str) -> Markup:
    """``address`` as a QR code of level M in plain SVG, titled so that it can be read aloud."""
    output = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        output, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=0,
        svgclass=None, lineclass=None, title="核验二维码",
    )  # fmt: skip
    return Markup(output.getvalue().decode())  # noqa: S704 — drawn here, from squares


def environment() -> Environment:
    """The templates, with what they may call."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        date_in_characters=date_in_characters,
        ends_landscape=ends_landscape,
        is_landscape=is_landscape,
        mark_size=mark_size,
        official_date=official_date,
        paragraphs=paragraphs,
        qr_code=qr_code,
        table_layout=layout,
        title_lines=title_lines,
    )
    return made


# Invisible characters that come along when text is pasted; they carry nothing a reader could see.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def characters(value: object) -> set[str]:
    """All characters in a JSON value, the ones a typeface must have."""
    if isinstance(value, str):
        return set(value)
    if isinstance(value, dict):
        return {sign for item in value.values() for sign in characters(item)}
    if isinstance(value, list):
        return {sign for item in value for sign in characters(item)}
    return set()


def cleaned(value: object) -> object:
    """A JSON value without invisible characters and with every line break as one newline."""
    if isinstance(value, str):
        return value.translate(INVISIBLE).replace("\r\n", "\n")
    if isinstance(value, dict):
        return {name: cleaned(item) for name, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return value
