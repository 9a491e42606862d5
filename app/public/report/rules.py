"""Which question comes after which, and which must be answered before a report can be sent?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from app.tips.rules import Standing, TipKind

#: What nobody came back to within a day was given up; then it is destroyed.
DRAFT_KEPT = timedelta(hours=24)


class Question(StrEnum):
    """What is asked on a page of its own."""

    KINDS = "kinds"
    FACTS = "facts"
    SUBJECT = "subject"
    PRODUCT = "product"
    PURCHASE = "purchase"
    WISHES = "wishes"
    REPORTER = "reporter"


#: The fields of the whole form that a question asks for.
FIELDS = {
    Question.KINDS: ("kinds",),
    Question.FACTS: ("facts",),
    Question.SUBJECT: ("subject_name", "subject_address", "division"),
    Question.PRODUCT: ("brand_model",),
    Question.PURCHASE: ("bought_on", "amount"),
    Question.WISHES: ("wishes",),
    Question.REPORTER: ("standing", "caller_name", "phone"),
}
Answers = Mapping[str, Sequence[str]]


def is_complaint(answers: Answers) -> bool:
    """Tell whether a dispute is among what somebody wants."""
    return TipKind.COMPLAINT in answers.get("kinds", ())


def questions(answers: Answers) -> tuple[Question, ...]:
    """Return what is asked of somebody: requests are a complainant's alone (令121 art. 10)."""
    return tuple(q for q in Question if q is not Question.WISHES or is_complaint(answers))


def is_answered(question: Question, answers: Answers) -> bool:
    """Tell whether a question was answered, be it with nothing."""
    return all(name in answers for name in FIELDS[question])


def first_open(answers: Answers) -> Question | None:
    """Return the first question without an answer; None when all have theirs."""
    return next((q for q in questions(answers) if not is_answered(q, answers)), None)


def before(question: Question, answers: Answers) -> Question | None:
    """Return the question before one; None before the first."""
    asked = questions(answers)
    at = asked.index(question)
    return asked[at - 1] if at else None


def after(question: Question, answers: Answers) -> Question | None:
    """Return the question after one; None after the last."""
    asked = questions(answers)
    at = asked.index(question) + 1
    return asked[at] if at < len(asked) else None


def with_answers(answers: Answers, new: Answers) -> dict[str, list[str]]:
    """Return the answers with new ones; what they make impossible is asked again."""
    merged = {name: list(values) for name, values in {**answers, **new}.items()}
    if not is_complaint(merged):
        merged.pop("wishes", None)
    elif Standing.ANONYMOUS in merged.get("standing", ()):
        merged.pop("standing", None)
    return merged
