"""What is hidden in a decision and its summary, as far as somebody ruled on it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.disclosures.models import Disclosure, Mark
from app.disclosures.rules import KeepGround, Ruling
from app.kernel import redaction
from app.kernel.redaction import Kind, Person, Source, Span, Term
from app.kernel.text import fold


@dataclass(frozen=True)
class Redaction:
    """The marks on one text, and the people and strings its case knows to be private."""

    original: str
    marks: tuple[Mark, ...]
    people: tuple[Person, ...]
    terms: tuple[Term, ...]

    @classmethod
    def of(cls, disclosure: Disclosure) -> Redaction:
        """Take the marks of a disclosure."""
        return cls(
            disclosure.original,
            tuple(sorted(disclosure.marks, key=lambda mark: mark.start)),
            tuple(Person(row["name"], row["role"]) for row in disclosure.people),
            tuple(Term(row["text"], Kind(row["kind"])) for row in disclosure.terms),
        )

    def proposals(self) -> list[Span]:
        """Return what may have to be hidden in the text, each stretch once."""
        return redaction.find(self.original, people=self.people, terms=self.terms)

    @property
    def hidden(self) -> tuple[Mark, ...]:
        """The marks that were accepted."""
        return tuple(mark for mark in self.marks if mark.ruling is Ruling.HIDDEN)

    @property
    def kept(self) -> tuple[Mark, ...]:
        """The marks that were rejected."""
        return tuple(mark for mark in self.marks if mark.ruling is Ruling.KEPT)

    @property
    def premises(self) -> int:
        """How many addresses of a natural person stay because the business is run there."""
        return sum(mark.ground is KeepGround.OWN_PREMISES for mark in self.kept)

    def text(self) -> str:
        """Return the text with every accepted mark replaced."""
        return redaction.apply(self.original, map(span_of, self.hidden))

    def rewrite(self, line: str) -> str:
        """Hide in a line of the summary what is hidden in the text, with the same marks."""
        shown = self._shown()
        hidden = {mark.text: Term(mark.text, Kind(mark.kind)) for mark in self.hidden}
        terms = [*self.terms, *(t for t in hidden.values() if t.kind is not Kind.PERSON)]
        people = [*self.people, *self._accepted()]
        found = redaction.find(line, people=people, terms=terms)
        given = {fold(mark.text): mark.replacement for mark in self.hidden}
        spans = [
            replace(span, replacement=given.get(fold(span.text), span.replacement))
            for span in redaction.certain(found)
            if fold(span.text) not in shown
        ]
        return redaction.apply(line, spans)

    def _accepted(self) -> list[Person]:
        """The suggested people of whom somebody said that they are to be hidden."""
        return [Person(mark.text) for mark in self.hidden if mark.source == Source.SUGGESTION]

    def uneven(self) -> set[str]:
        """Words that are hidden in one place and kept in another.

        A name inside a firm's name is another thing: keeping the firm shows nobody.
        """
        shown = self._shown()
        return {mark.text for mark in self.hidden if fold(mark.text) in shown}

    def removed(self) -> list[str]:
        """Every string that nothing public may hold.

        What somebody kept, be it as part of a firm's name, must stand there, so it cannot be
        looked for.
        """
        allowed = {fold(mark.text) for mark in self.kept}
        words = [mark.text for mark in self.hidden]
        words += [person.name for person in self.people] + [term.text for term in self.terms]
        return [word for word in dict.fromkeys(words) if fold(word) not in allowed]

    def _shown(self) -> set[str]:
        return {fold(mark.text) for mark in self.kept if mark.source != Source.QUESTION}


def is_alike(one: Mark, other: Mark) -> bool:
    """Whether two marks are of one person, or cover the same words; a firm's name is another."""
    if one.kind != other.kind or (one.source == Source.QUESTION) != (
        other.source == Source.QUESTION
    ):
        return False
    if one.kind == Kind.PERSON:
        return one.replacement == other.replacement
    return fold(one.text) == fold(other.text)


def alike(marks: Iterable[Mark]) -> dict[int, int]:
    """How many marks each mark shares a person or words with, itself included."""
    every = list(marks)
    return {mark.id: sum(is_alike(mark, other) for other in every) for mark in every}


def span_of(mark: Mark) -> Span:
    """Return a mark as the kernel's span."""
    return Span(
        mark.start, mark.end, Kind(mark.kind), mark.text, mark.replacement, Source(mark.source)
    )


@dataclass(frozen=True)
class Piece:
    """A stretch of one paragraph: plain text, or the words under a numbered mark."""

    text: str
    mark: Mark | None = None
    number: int = 0


def compared(redacted: Redaction) -> list[tuple[list[Piece], list[Piece]]]:
    """Return the text paragraph by paragraph: the original with its marks, and the result."""
    left: list[Piece] = []
    right: list[Piece] = []
    last = 0
    for number, mark in enumerate(redacted.marks, start=1):
        between = redacted.original[last : mark.start]
        left += [Piece(between), Piece(mark.text, mark, number)]
        shown = mark.replacement if mark.ruling is Ruling.HIDDEN else mark.text
        right += [Piece(between), Piece(shown, mark, number)]
        last = mark.end
    rest = Piece(redacted.original[last:])
    return list(zip(_lines([*left, rest]), _lines([*right, rest]), strict=True))


def _lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Break plain pieces at line ends; a number that ran over a line end stays one piece."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = [piece.text] if piece.mark else piece.text.split("\n")
        for at, part in enumerate([first, *others]):
            if at:
                lines.append([])
            lines[-1].append(replace(piece, text=" ".join(part.split("\n"))))
    return lines
