"""How does a job become the bytes of a file? Runs in the worker only."""

import base64
import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from fontTools.ttLib import TTFont, TTLibError
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Attachment
from weasyprint.logger import LOGGER
from weasyprint.pdf import VARIANTS, generate_pdf
from weasyprint.text.fonts import FontConfiguration

from app.typesetting import colophons, faces, justify, swift
from app.typesetting.colophons import Colophon, Place
from app.typesetting.compose import TEMPLATES, characters, cleaned, environment
from app.typesetting.conformance import Imprint, Seal, conforming
from app.typesetting.errors import Fault, TypesettingError
from app.typesetting.facts import TEMPLATES as KINDS
from app.typesetting.facts import NoticeFacts, restore
from app.typesetting.fetcher import SCHEME, ClosedFetcher
from app.typesetting.fonts.metrics import normalised

MOST_PAGES = 100
# Parts of a job that are no text to be read.
ASIS = ("attachments", "signature")
MOST_CHARACTERS = 200_000
# Characters that are laid out, not drawn.
SPACING = frozenset(" \n\t\u00a0\u3000")
# Typefaces that stand behind every other one in the stylesheets.
EVERYWHERE = ("latin", "fangsong", "fallback", "heiti", "kaiti-rare")
# PDF wants a date for an attachment; the file must not depend on the day it is made.
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
VARIANT = "pdf/a-3a"
# As WeasyPrint's own ``write_pdf`` would put them together; ``conforming`` compresses.
WRITTEN_AS = {
    name: option
    for name, option in (
        DEFAULT_OPTIONS | VARIANTS[VARIANT][1] | {"pdf_variant": VARIANT, "uncompressed_pdf": True}
    ).items()
    if name != "attachments"
}
SHEETS = {
    "disclosure": ("disclosure",),
    "notice": ("official", "notice"),
    "letter": ("official", "letter"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """What the worker is asked to make, as it arrived in JSON."""

    template: str
    facts: dict[str, Any]
    title: str
    author: str
    language: str
    attachments: list[dict[str, str]]
    signature: dict[str, str] | None = None


class Warnings(logging.Handler):
    """Collects what WeasyPrint complains about while one document is made."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class Source(HTML):  # type: ignore[misc]
    """A page whose whole style is its own: ``base.css`` stands for WeasyPrint's stylesheet."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: ARG002, FBT001, FBT002 — as called
        return []


class Press:
    """Everything that is loaded once per process: typefaces, stylesheets, templates."""

    def __init__(self) -> None:
        justify.install()
        swift.install()
        LOGGER.setLevel(logging.WARNING)
        LOGGER.handlers[:] = []
        self._typefaces = _typefaces()
        self._fetcher = ClosedFetcher(self._typefaces)
        self._fonts = FontConfiguration()
        self._environment = environment()
        declared = "".join(
            f'@font-face {{ font-family: {name}; src: url("{SCHEME}{name}") }}\n'
            for name in self._typefaces
        )
        shared = declared + _stylesheet("base") + _stylesheet("page")
        self._styles = {
            name: self._parsed(shared + "".join(map(_stylesheet, sheets)))
            for name, sheets in SHEETS.items()
        }
        self._covered = _coverage()
        self._typefaces.clear()  # Pango has its own copy by now

    def _parsed(self, text: str) -> CSS:
        return CSS(string=text, font_config=self._fonts, url_fetcher=self._fetcher)

    def make(self, job: Job) -> tuple[bytes, int]:
        """The finished file and its number of pages; raises ``TypesettingError``."""
        texts = [job.title, job.author, job.facts]
        self._check(texts)
        warnings = Warnings()
        LOGGER.addHandler(warnings)
        try:
            content, pages = self._made(job)
        finally:
            LOGGER.removeHandler(warnings)
        if warnings.lines:
            raise TypesettingError(Fault.FAILED, *warnings.lines)
        return content, pages

    def _check(self, texts: list[Any]) -> None:
        used = characters(texts) - SPACING
        missing = sorted(used - self._covered)
        if missing:
            points = (f"U+{ord(sign):04X}" for sign in missing)
            raise TypesettingError(Fault.MISSING_GLYPHS, *points)
        if sum(_lengths(texts)) > MOST_CHARACTERS:
            raise TypesettingError(Fault.TOO_LONG, str(MOST_CHARACTERS))

    def _made(self, job: Job) -> tuple[bytes, int]:
        facts = restore(KINDS[job.template], job.facts)
        documents = list(colophons.bearers(facts))
        found: Sequence[Place] = [Place.MEASURED] * len(documents)
        if documents:
            trial = self._laid_out(job, facts, colophons.placed(documents, found))
            found = colophons.places(trial.pages, len(documents))
        document = self._laid_out(job, facts, colophons.placed(documents, found))
        drawn = generate_pdf(
            document,
            None,
            zoom=1,
            **WRITTEN_AS,
            attachments=[_attachment(part) for part in job.attachments],
        )
        imprint = Imprint(job.title, job.author, job.language, _identifier(job))
        seal = Seal(**job.signature) if job.signature else None
        return conforming(drawn, imprint, seal), len(document.pages)

    def _laid_out(
        self, job: Job, facts: object, colophon_of: Callable[[NoticeFacts], Colophon]
    ) -> Any:
        html = self._environment.get_template(f"typesetting/{job.template}.html").render(
            facts=facts,
            title=job.title,
            author=job.author,
            language=job.language,
            colophon_of=colophon_of,
        )
        source = Source(string=html, url_fetcher=self._fetcher)
        document = source.render(stylesheets=[self._styles[job.template]], font_config=self._fonts)
        if len(document.pages) > MOST_PAGES:
            raise TypesettingError(Fault.TOO_MANY_PAGES, str(MOST_PAGES))
        return document


def _stylesheet(name: str) -> str:
    return (TEMPLATES / "typesetting" / f"{name}.css").read_text(encoding="utf-8")


def _typefaces() -> dict[str, bytes]:
    """The content of every usable typeface by family; a bureau's broken file is passed over."""
    found: dict[str, bytes] = {}
    for face in faces.licensed():
        try:
            found[face.family] = normalised(face.path.read_bytes())
        except (TTLibError, KeyError, OSError):
            continue  # the health check names it
    return found | {face.family: face.path.read_bytes() for face in faces.bundled()}


def _coverage() -> frozenset[str]:
    """Every character that can be set in any place of any document."""
    files = {face.role: face.path for face in faces.bundled()}
    codes: set[int] = set()
    for role in EVERYWHERE:
        with TTFont(files[role], lazy=True) as font:
            codes |= set(font.getBestCmap())
    # Some typefaces map control characters, to nothing one could see.
    return frozenset(chr(code) for code in codes if chr(code).isprintable())


def _lengths(value: Any) -> Iterable[int]:
    if isinstance(value, str):
        yield len(value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _lengths(item)
    elif isinstance(value, list):
        for item in value:
            yield from _lengths(item)


def _identifier(job: Job) -> str:
    """Names the document in its trailer: the same for the same job, never random."""
    told = {name: value for name, value in asdict(job).items() if value is not None}
    text = json.dumps(told, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _attachment(part: dict[str, str]) -> Attachment:
    return Attachment(
        string=base64.b64decode(part["content"]),
        name=part["name"],
        description=part["description"],
        created=UNDATED,
        modified=UNDATED,
        relationship="Data",
    )


def job_from(values: dict[str, Any]) -> Job:
    """The job that ``values``, fresh from JSON, ask for, with invisible characters removed."""
    cleaned_values: Any = cleaned({name: item for name, item in values.items() if name not in ASIS})
    return Job(**{name: values[name] for name in ASIS if name in values}, **cleaned_values)
