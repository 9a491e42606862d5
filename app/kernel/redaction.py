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
from app.kernel.redaction_names import COMMON_WORDS, COMPOUND_SURNAMES, addressed, suggested
from app.kernel.redaction_patterns import ASKING, DETECTORS, Found, Kind, Source, credit_codes

__all__ = [
    "ASKING",
    "Kind",
    "Person",
    "Source",
    "Span",
    "Term",
    "apply",
    "certain",
    "find",
    "leaks",
    "marks",
]

LONGEST_TEXT = 100_000  # characters; a longer text is refused before any expression sees it

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


def marks(people: Iterable[Person], also: Iterable[str] = ()) -> dict[str, str]:
    """The mark of each person by name: 李某某, or 李某甲 and 李某乙 where two share a surname.

    The same person gets the same mark wherever the same people are given; the names in ``also``
    never change the marks of ``people``.
    """
    names = list(dict.fromkeys(_bare(person.name) for person in people if _bare(person.name)))
    more = [name for name in dict.fromkeys(map(_bare, also)) if name not in names]
    seen: Counter[str] = Counter()
    given: dict[str, str] = {}
    for group in (names, more):
        shared = Counter(map(surname, group)) + seen
        for name in group:
            family = surname(name)
            given[name] = _mark(family, seen[family], is_alone=shared[family] == 1)
            seen[family] += 1
    return given


def _mark(family: str, place: int, *, is_alone: bool) -> str:
    if is_alone:
        return f"{family}某某"
    if place < len(SAME_SURNAME_SIGNS):
        return f"{family}某{SAME_SURNAME_SIGNS[place]}"
    return f"{family}某{place + 1}"


def surname(name: str) -> str:
    """The family name; for names with a dot or in Latin letters the first character."""
    return name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]


def certain(spans: Iterable[Span]) -> list[Span]:
    """Proposals that need no answer first: all but questions and suggestions."""
    return [span for span in spans if span.source not in ASKING]


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
    known = marks(people)
    given = marks(people, suggested(text))
    for name in sorted(given, key=len, reverse=True):
        sure = Source.KNOWN if name in known else Source.SUGGESTION
        for start, end in _spellings(name, text):
            asks = name in COMMON_WORDS or FIRM_ENDINGS.match(text, end)
            source = Source.QUESTION if asks else sure
            yield Found(start, end, Kind.PERSON, source), given[name]
    for name in sorted(known, key=len, reverse=True):
        for variant in _variants(name):
            source = Source.QUESTION if variant in COMMON_WORDS else Source.VARIANT
            for start, end in _spellings(variant, text):
                yield Found(start, end, Kind.PERSON, source), known[name]
    for found in addressed(text):
        yield found, _mark(text[found.start], 0, is_alone=True)


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
