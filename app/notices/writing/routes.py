"""On which pages is a notice written, and its template kept?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.kernel import clock
from app.kernel.figures import Period
from app.notices import actions, documents, figures, labels, numbering, queries, rules
from app.notices.figures import Filled
from app.notices.models import Notice, NoticeTemplate
from app.notices.rules import NoticeKind, Openness
from app.notices.writing import forms
from app.people import queries as people
from app.typesetting import TypesettingError
from app.typesetting.drawn import Drawing
from app.units import queries as units
from app.web import navigation, words
from app.web.access import access, signed_in
from app.web.pages import render_page
from app.web.subjects import Subject
from app.web.transactions import open_door, writes_late
from app.web.wtf import options

bp = Blueprint("writing", __name__, url_prefix="/notices-desk")


def _form(notice: Notice | None = None) -> forms.NoticeForm:
    form = forms.NoticeForm()
    own = signed_in().bureau_id
    form.addressees.choices = options(
        {unit.code: unit.name for unit in units.all_bureaus() if unit.id != own}
    )
    old = {found.reference: f"{found.number} {found.title}" for found in _replaceable(notice)}
    form.replaces.choices = options(old, empty=_l("不替代其他文件"))
    return form


def _replaceable(notice: Notice | None) -> list[Notice]:
    kept = [notice.replaces] if notice and notice.replaces else []
    return [*kept, *(found for found in queries.replaceable(signed_in()) if found not in kept)]


def _text(form: forms.NoticeForm, notice: Notice | None = None) -> actions.Text:
    old = {found.reference: found for found in _replaceable(notice)}
    return actions.Text(
        kind=NoticeKind(form.kind.data),
        title=form.title.text,
        body=form.body.text,
        openness=Openness(form.openness.data),
        basis=form.basis.text,
        acknowledge_by=form.acknowledge_by.data,
        addressees=[units.by_code(code) for code in form.addressees.data or ()],
        copies_to=form.copies_to.text,
        replaces=old.get(form.replaces.data or ""),
    )


def _edit_page(
    form: forms.NoticeForm,
    notice: Notice | None = None,
    *,
    status: int = 200,
    block: str = "edit",
    **more: Any,
) -> Response:
    given: dict[str, Any] = {"beginning": None, "other": None, "preview": None, **more}
    return render_page(
        "notices/edit.html",
        block,
        status=status,
        form=form,
        notice=notice,
        labels=labels,
        address=request.full_path if request.query_string else request.path,
        faults=[labels.fault(fault) for fault in numbering.faults(form.body.text)],
        **given,
    )


def _renumbered(form: forms.NoticeForm, notice: Notice | None) -> Response:
    """Show the form again with its numbers in order; nothing is kept."""
    form.body.data = numbering.renumbered(form.body.text)
    return _edit_page(form, notice)


@dataclass(frozen=True)
class Preview:
    """The pages as they would be printed, or why they cannot be set."""

    pages: Sequence[Drawing] = ()
    total: int = 0
    fault: str = ""


def _preview(form: forms.NoticeForm, notice: Notice | None) -> Preview:
    """Set what is typed so far, complete or not; nothing is kept."""
    if form.kind.data not in set(NoticeKind) or form.openness.data not in set(Openness):
        return Preview(fault=str(labels.NO_KIND))
    text = _text(form, notice)
    text = replace(text, title=text.title or str(labels.UNTITLED))
    typed = actions.as_typed(text, notice, by=signed_in())
    try:
        return Preview(*documents.draw_notice(typed))
    except TypesettingError as fault:
        details = "、".join(str(detail) for detail in fault.details)
        return Preview(fault=words.refusal("cannot_typeset", {"details": details}))


def _followed(form: forms.NoticeForm, notice: Notice | None) -> Response:
    """Answer the panel that follows the typing."""
    return _edit_page(form, notice, block="preview", preview=_preview(form, notice))


def _looked_at(form: forms.NoticeForm, notice: Notice | None) -> Response:
    """Show the form again with its pages below: the way without script."""
    return _edit_page(form, notice, preview=_preview(form, notice))


#: What the page does with what is typed without keeping it.
ASIDE = {"renumber": _renumbered, "preview": _followed, "look": _looked_at}


@dataclass(frozen=True)
class Beginning:
    """What a draft begins with: a template filled for a period, or a kind."""

    values: dict[str, Any]
    template: NoticeTemplate | None = None
    period: forms.PeriodForm | None = None
    counted: list[Filled] = field(default_factory=list)


def _beginning() -> Beginning:
    asked = request.args
    if asked.get("template", "").isdecimal():
        return _from_template(queries.template_by_id(int(asked["template"])))
    wanted = asked.get("kind", "")
    kind = NoticeKind(wanted) if wanted in set(NoticeKind) else NoticeKind.NOTICE
    old = next((n for n in _replaceable(None) if n.reference == asked.get("replaces")), None)
    if old is not None:
        line = {"title": old.title, "body": old.body, "replaces": old.reference}
        goes_to = [found.unit.code for found in old.addressees]
        return Beginning({**_defaults(old.kind), **line, "addressees": goes_to})
    return Beginning(_defaults(kind))


def _defaults(kind: NoticeKind) -> dict[str, Any]:
    return {"kind": kind.value, "openness": rules.DEFAULT_OPENNESS[kind].value}


def _from_template(template: NoticeTemplate) -> Beginning:
    today = clock.today()
    period = forms.PeriodForm(
        request.args if {"since", "until"} & set(request.args) else None,
        data={"since": today.replace(month=1, day=1), "until": today},
    )
    values = _defaults(template.kind)
    if request.args.get("since") is None or period.validate():
        with period.refusals():
            days = Period(period.since.day, period.until.day)
            texts = [template.title, template.body]
            (title, body), counted = figures.fill(texts, signed_in(), days, today)
            return Beginning({**values, "title": title, "body": body}, template, period, counted)
    return Beginning(values, template, period)


@bp.route("/new", methods=["GET", "POST"])
@access("notice:draft")
@writes_late
def new() -> ResponseReturnValue:
    """Write a notice: from nothing, from a template with the unit's figures, or anew."""
    form, beginning = _form(), _beginning()
    more: dict[str, Any] = {"beginning": beginning, "templates": queries.templates(active=True)}
    if request.method == "POST":
        if request.form.get("act") in ASIDE:
            return ASIDE[request.form["act"]](form, None)
        replayed = open_door()
        if replayed is not None:
            return replayed
        if form.validate():
            with form.refusals():
                notice = actions.draft(_text(form), by=signed_in(), counted=beginning.counted)
                return redirect(url_for("notices.show", reference=notice.reference), 303)
        return _edit_page(form, status=422, **more)
    form.process(None, data={**beginning.values, "form_key": form.form_key.data})
    return _edit_page(form, **more)


_load = Subject("notice", "notices.show", queries.by_reference).load


@bp.route("/<reference>/edit", methods=["GET", "POST"])
@access("notice:draft")
@writes_late
def edit(reference: str) -> ResponseReturnValue:
    """Change a draft; what another saved meanwhile is shown beside what was typed."""
    notice = _load(reference)
    form = _form(notice)
    if request.method == "POST":
        if request.form.get("act") in ASIDE:
            return ASIDE[request.form["act"]](form, notice)
        replayed = open_door()
        if replayed is not None:
            return replayed
        if form.validate():
            if form.version.data != str(notice.version):
                return _collision(form, notice)
            with form.refusals():
                actions.amend(notice, _text(form, notice), by=signed_in())
                return redirect(url_for("notices.show", reference=reference), 303)
        return _edit_page(form, notice, status=422)
    form.process(
        None,
        data={
            "kind": notice.kind.value, "title": notice.title, "body": notice.body,
            "basis": notice.basis, "openness": notice.openness.value, "copies_to": notice.copies_to,
            "acknowledge_by": notice.acknowledge_by, "version": str(notice.version),
            "addressees": [line.unit.code for line in notice.addressees],
            "replaces": notice.replaces.reference if notice.replaces else "",
            "form_key": form.form_key.data,
        },
    )  # fmt: skip
    return _edit_page(form, notice)


def _collision(form: forms.NoticeForm, notice: Notice) -> Response:
    """Keep what was typed, show what the other saved; saving once more is then a decision."""
    form.version.data = str(notice.version)
    who = people.name_of(notice.drafted_by_id)
    form.form_errors.append(_("%(who)s 刚才也改了这份稿件，您的修改还没有保存。", who=who))
    return _edit_page(form, notice, status=409, other=notice)


@bp.get("/templates")
@access("notice_template:read")
def templates() -> ResponseReturnValue:
    """Show the texts to begin from."""
    return render_page(
        "notices/templates.html", templates=queries.templates(active=False), labels=labels
    )


@bp.route("/templates/new", methods=["GET", "POST"])
@access("notice_template:keep")
def new_template() -> ResponseReturnValue:
    """Write a template."""
    return _keep(None)


@bp.route("/templates/<int:template_id>", methods=["GET", "POST"])
@access("notice_template:keep")
def edit_template(template_id: int) -> ResponseReturnValue:
    """Change a template."""
    return _keep(queries.template_by_id(template_id))


def _keep(template: NoticeTemplate | None) -> ResponseReturnValue:
    form = forms.TemplateForm(obj=None if request.method == "POST" else template)
    if request.method == "POST" and form.validate():
        if template is not None:
            form.must_match(template)
        with form.refusals():
            text = actions.TemplateText(
                form.name.text, NoticeKind(form.kind.data), form.title.text, form.body.text,
                bool(form.is_active.data),
            )  # fmt: skip
            actions.keep_template(text, template, by=signed_in())
            return redirect(url_for("writing.templates"), 303)
    return render_page(
        "notices/template.html", "edit", form=form, kept=template, places=figures.places(),
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


navigation.register(
    navigation.Entry(
        "administration", 65, labels.TEMPLATES, "writing.templates", "notice_template:keep"
    )
)
