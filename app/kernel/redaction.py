"""What must be hidden before a text about natural persons is published, and is it really gone?

``find`` proposes marked spans over the original: the case's own people and identifiers first, in
all their spellings, then patterns with check digits. People decide; ``apply`` replaces; ``leaks``
looks whether anything that was removed is still there. Pure: no database, no clock.

Basis: 令45 第6条 (necessary treatment of personal information) and 令121 第37条 (reporters); the
list of fields is the house's own (docs/adr), since the rule in force names none.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.kernel.folding import Folded, fold, squeezed, with_figures
from app.kernel.redaction_addresses import addresses
from app.kernel.redaction_patterns import DETECTORS, Found, Kind, Source, credit_codes

__all__ = ["Kind", "Person", "Source", "Span", "Term", "apply", "certain", "find", "leaks", "marks"]

LONGEST_TEXT = 100_000  # characters; a longer text is refused before any expression sees it

COMPOUND_SURNAMES = frozenset((
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人",
    "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶",
    "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于",
    "司空", "令狐", "百里", "呼延", "东郭", "南门", "轩辕", "第五",
))  # fmt: skip
SAME_SURNAME_SIGNS = "甲乙丙丁戊己庚辛壬癸"
NAME_DOTS = "·•‧・∙⋅."
# A firm's name goes on from a person's without a particle or a verb of speech in between.
FIRM_ENDINGS = re.compile(
    r"[^的了在与和说称对为于向将把被是及或等并就从用持到由、，。；：？！,.;:?!() \n]{0,10}?"
    r"(?:公司|商行|车行|经营部|合作社|工作室|超市|门市部|服务部|批发部|诊所|[店厂馆铺坊摊])"
)

REPLACEMENTS = {
    Kind.RESIDENT_ID: "（证件号略）",
    Kind.PASSPORT: "（证件号略）",
    Kind.BANK_CARD: "（账号略）",
    Kind.MOBILE: "（电话略）",
    Kind.LANDLINE: "（电话略）",
    Kind.EMAIL: "（邮箱略）",
    Kind.PLATE: "（车牌号略）",
    Kind.SOCIAL: "（账号略）",
    Kind.ADDRESS: "（详址略）",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A natural person the case knows by name; ``role`` says in which capacity."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A string the case knows to be personal: a number, an address, an account."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Span:
    """A proposal over the original text: ``text == original[start:end]``."""

    start: int
    end: int
    kind: Kind
    text: str
    replacement: str
    source: Source


def find(text: str, *, people: Sequence[Person] = (), terms: Sequence[Term] = ()) -> list[Span]:
    """Proposals in order of place, none overlapping. ``ValueError`` above ``LONGEST_TEXT``."""
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"longer than {LONGEST_TEXT} characters")
    folded = with_figures(fold(text))
    claimed = bytearray(len(folded.text))
    for start, end in credit_codes(folded.text):
        claimed[start:end] = b"\1" * (end - start)
    spans: list[Span] = []
    for found, replacement in _candidates(folded, people, terms):
        for start, end in _free(found.start, found.end, claimed):
            claimed[start:end] = b"\1" * (end - start)
            spans.append(
                _span(text, folded, Found(start, end, found.kind, found.source), replacement)
            )
    return sorted(spans, key=lambda span: span.start)


def marks(people: Iterable[Person]) -> dict[str, str]:
    """The mark of each person by name: 李某某, or 李某甲 and 李某乙 where two share a surname.

    The same person gets the same mark wherever the same people are given.
    """
    names = list(dict.fromkeys(_bare(person.name) for person in people if _bare(person.name)))
    shared = Counter(map(surname, names))
    seen: Counter[str] = Counter()
    given: dict[str, str] = {}
    for name in names:
        family = surname(name)
        place, seen[family] = seen[family], seen[family] + 1
        if shared[family] == 1:
            given[name] = f"{family}某某"
        elif place < len(SAME_SURNAME_SIGNS):
            given[name] = f"{family}某{SAME_SURNAME_SIGNS[place]}"
        else:
            given[name] = f"{family}某{place + 1}"
    return given


def surname(name: str) -> str:
    """The family name; for names with a dot or in Latin letters the first character."""
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]


def certain(spans: Iterable[Span]) -> list[Span]:
    """Proposals that need no answer first: all but the questions."""
    return [span for span in spans if span.source is not Source.QUESTION]


def apply(text: str, spans: Iterable[Span]) -> str:
    """``text`` with each span replaced; ``ValueError`` if a span is not of this text."""
    parts: list[str] = []
    last = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < last or text[span.start : span.end] != span.text:
            raise ValueError(f"span {span.start}–{span.end} does not belong to this text")
        parts += [text[last : span.start], span.replacement]
        last = span.end
    return "".join((*parts, text[last:]))


def leaks(extractions: str | bytes | Iterable[str | bytes], removed: Iterable[str]) -> list[str]:
    """Which of the ``removed`` strings still occur, in any spelling or encoding, in order.

    Text is compared folded and without spaces. Bytes are searched for the string in UTF-8, UTF-16,
    GB 18030, hexadecimal, and as JSON, XML and URL escapes. A string of one character cannot be
    told from ordinary text and is not searched.
    """
    given = [extractions] if isinstance(extractions, str | bytes) else list(extractions)
    texts = [squeezed(part) for part in given if isinstance(part, str)]
    raw = [part.lower() for part in given if isinstance(part, bytes)]
    return [
        term
        for term in dict.fromkeys(removed)
        if len(squeezed(term)[0]) > 1
        and (_in_text(squeezed(term), texts) or _in_bytes(byte_forms(term), raw))
    ]


def _in_text(sought: tuple[str, str], texts: Iterable[tuple[str, str]]) -> bool:
    return any(form in text for pair in texts for form, text in zip(sought, pair, strict=True))


def _in_bytes(forms: Iterable[bytes], raw: Sequence[bytes]) -> bool:
    return any(form in part for form in forms for part in raw)


def byte_forms(term: str) -> list[bytes]:
    """The lower-case byte strings by which ``term`` may be written inside a file."""
    plain = [term.encode(code, "ignore") for code in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")]
    spelt = [
        "".join(f"\\u{unit:04x}" for unit in _utf16_units(term)),
        "".join(f"&#{ord(sign)};" for sign in term),
        "".join(f"&#x{ord(sign):x};" for sign in term),
        "".join(f"%{byte:02x}" for byte in plain[0]),
        *(form.hex() for form in plain),
    ]
    forms = [form.lower() for form in plain] + [form.encode() for form in spelt]
    return list(dict.fromkeys(forms))


def _utf16_units(term: str) -> list[int]:
    encoded = term.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(encoded[at : at + 2]) for at in range(0, len(encoded), 2)]


def _candidates(
    folded: Folded, people: Sequence[Person], terms: Sequence[Term]
) -> Iterator[tuple[Found, str]]:
    """Everything that may be hidden, what wins first."""
    for term in sorted(terms, key=lambda term: -len(term.text)):
        for start, end in _spellings(term.text, folded.text):
            yield Found(start, end, term.kind, Source.KNOWN), REPLACEMENTS.get(term.kind, "（略）")
    yield from _names(folded.text, people)
    for detector in (*DETECTORS, addresses):
        for found in detector(folded.text):
            yield found, REPLACEMENTS[found.kind]


def _names(text: str, people: Sequence[Person]) -> Iterator[tuple[Found, str]]:
    given = marks(people)
    for name in sorted(given, key=len, reverse=True):
        for start, end in _spellings(name, text):
            in_firm = FIRM_ENDINGS.match(text, end)
            source = Source.QUESTION if in_firm else Source.KNOWN
            yield Found(start, end, Kind.PERSON, source), given[name]
    for name in sorted(given, key=len, reverse=True):
        for variant in _variants(name):
            for start, end in _spellings(variant, text):
                yield Found(start, end, Kind.PERSON, Source.VARIANT), given[name]


def _variants(name: str) -> list[str]:
    """Shorter forms that still name the person: the given name alone, the parts around a dot."""
    parts = [part for part in re.split(rf"[{re.escape(NAME_DOTS)}]", name) if len(part) > 1]
    if len(parts) > 1:
        return parts
    rest = name.removeprefix(surname(name))
    return [rest] if len(rest) > 1 and not name.isascii() else []


def _spellings(term: str, text: str) -> Iterator[tuple[int, int]]:
    """Where ``term`` stands in a folded text, with at most a space or a dot between characters."""
    bare = [re.escape(sign) for sign in _bare(term) if sign not in NAME_DOTS]
    if not bare:
        return
    pattern = re.compile(rf"[ {re.escape(NAME_DOTS)}\-]{{0,2}}".join(bare), re.IGNORECASE)
    for match in pattern.finditer(text):
        yield match.span()


def _bare(term: str) -> str:
    return with_figures(fold(unicodedata.normalize("NFC", term))).text.replace(" ", "")


def _free(start: int, end: int, claimed: bytearray) -> list[tuple[int, int]]:
    """The parts of ``start:end`` that nobody claimed yet, so that no character stays unmarked."""
    pieces: list[tuple[int, int]] = []
    while (left := claimed.find(0, start, end)) >= 0:
        taken = claimed.find(1, left, end)
        start = end if taken < 0 else taken
        pieces.append((left, start))
    return pieces


def _span(text: str, folded: Folded, found: Found, replacement: str) -> Span:
    start, end = folded.original(found.start, found.end)
    return Span(start, end, found.kind, text[start:end], replacement, found.source)
