"""How is a page's one question made of the whole form, and the whole form of all answers?"""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.kernel import clock
from app.public import rules as public_rules
from app.public.forms import ReportForm, VisitorForm
from app.public.report.rules import FIELDS, Answers, Question
from app.tips import intake
from app.web import words
from app.web.wtf import PhotoField

__all__ = ["ReportForm", "SendForm", "answered", "fits", "question_form", "sent_form", "whole"]

KEPT = {name for names in FIELDS.values() for name in names}


class SendForm(VisitorForm):
    """The last page: photos come with the sending, and are kept nowhere before it."""

    photos = PhotoField(_l("照片"), shrinks=True)

    def validate_photos(self, field: PhotoField) -> None:
        """Refuse more photos than anybody would look at."""
        public_rules.check_photos(len(field.data or ()))


def whole(answers: Answers) -> ReportForm:
    """Return the whole form, filled in with all answers."""
    pairs = [(name, value) for name, values in answers.items() for value in values]
    form = ReportForm(MultiDict(pairs))
    for name in ("photos", "form_key", "version"):
        del form[name]
    return form


def _narrowed(form: ReportForm, asked: Question) -> ReportForm:
    for name in [field.name for field in form if field.name not in FIELDS[asked]]:
        del form[name]
    return form


def question_form(asked: Question, answers: Answers) -> ReportForm:
    """Return a question's fields with the answers so far."""
    return _narrowed(whole(answers), asked)


def sent_form(asked: Question) -> ReportForm:
    """Return a question's fields as they were sent: asked as often as wanted, so without a key."""
    return _narrowed(ReportForm(), asked)


def answered(form: ReportForm) -> dict[str, list[str]]:
    """Return what a form was sent with, as text; a field left empty counts as answered."""
    return {field.name: request.form.getlist(field.name) for field in form if field.name in KEPT}


def fits(form: ReportForm, asked: Question, answers: Answers) -> bool:
    """Tell whether the answers are what the law asks for here; what they lack is said at once."""
    told = whole(answers)
    told.validate()
    found = intake.faults(told.account(), told.caller(), today=clock.today())
    for fault in found:
        if fault.field in FIELDS[asked]:
            field = form[fault.field]
            field.errors = [*field.errors, words.refusal(fault.code, fault.facts)]
    return not any(field.errors for field in form)
