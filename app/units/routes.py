"""Which pages show and keep the tree of units?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.kernel import clock, divisions
from app.units import access as _policy  # noqa: F401 - declares the permissions
from app.units import actions, labels, queries
from app.units.forms import (
    ActForm,
    JurisdictionForm,
    LastDayForm,
    LineForm,
    MoveForm,
    NewUnitForm,
    UnitForm,
    unit_choices,
)
from app.units.models import Unit
from app.units.rules import Business
from app.web import navigation
from app.web.access import access, signed_in
from app.web.pages import about, render_page
from app.web.wtf import HouseForm

bp = Blueprint("units", __name__, template_folder="templates")


def _is_demo() -> bool:
    return bool(current_app.config["SETTINGS"].demo)


@bp.app_template_global("division_name")
def division_name(code: str) -> str:
    """Return a division's name for any page; its code when nobody issued it."""
    return divisions.name_of(code, demo=_is_demo()) or code


@bp.get("/units")
@access("unit:read")
def tree() -> ResponseReturnValue:
    """The whole tree."""
    return render_page("units/tree.html", units=queries.tree(), labels=labels)


@bp.get("/units/<code>")
@access("unit:read")
def show(code: str) -> ResponseReturnValue:
    """One unit."""
    unit = _load(code)
    return render_page(
        "units/show.html",
        unit=unit,
        labels=labels,
        above=queries.ancestors_of(unit),
        below=queries.children_of(unit),
        jurisdictions=queries.jurisdictions_of(unit),
        lines=queries.lines_of(unit),
        Business=Business,
        form=ActForm(formdata=None, data={"version": unit.version}),
    )


def _load(code: str) -> Unit:
    unit = queries.by_code(code)
    about("unit", unit.code, url_for("units.show", code=unit.code))
    return unit


def _form_page(
    form: HouseForm, title: str, button: Any, unit: Unit | None, *, status: int = 200
) -> Response:
    """Answer one form on a page of its own."""
    if isinstance(form, UnitForm | JurisdictionForm):
        form.division.knows_demo = _is_demo()
    return render_page(
        "units/act.html", status=status, form=form, title=title, button=button, unit=unit
    )


def _shown(unit: Unit) -> ResponseReturnValue:
    return redirect(url_for("units.show", code=unit.code), 303)


@bp.route("/units/new", methods=["GET", "POST"])
@access("unit:keep")
def new() -> ResponseReturnValue:
    """Make a unit below another."""
    parent = queries.by_code(request.args.get("parent", ""))
    form = NewUnitForm(data={"level": parent.level, "division": parent.division_code})
    form.division.knows_demo = _is_demo()
    if form.validate_on_submit():
        with form.refusals():
            unit = actions.create(form.code.data or "", form.facts(), parent=parent, by=signed_in())
            return _shown(unit)
    title = _("在%(unit)s下设立单位", unit=parent.short_name)
    return _form_page(form, title, _("设立"), parent, status=_status(form))


def _status(form: HouseForm) -> int:
    return 422 if form.is_submitted() else 200


@bp.route("/units/<code>/amend", methods=["GET", "POST"])
@access("unit:keep")
def amend(code: str) -> ResponseReturnValue:
    """Change a unit's facts."""
    unit = _load(code)
    kept = {"division": unit.division_code, "kind": unit.kind.value, "level": unit.level.value}
    form = UnitForm(obj=unit, data=kept)
    form.division.knows_demo = _is_demo()
    if form.carries(unit, lambda: actions.amend(unit, form.facts(), by=signed_in())):
        return _shown(unit)
    return _form_page(form, _("修改单位"), _("保存"), unit, status=_status(form))


@bp.route("/units/<code>/move", methods=["GET", "POST"])
@access("unit:keep")
def move(code: str) -> ResponseReturnValue:
    """Put a unit with everything below it under another."""
    unit = _load(code)
    form = MoveForm(data={"version": unit.version})
    form.parent.choices = unit_choices(queries.possible_parents(unit))
    if form.sent_for(unit):
        with form.refusals():
            actions.move(unit, queries.by_code(form.parent.data), by=signed_in())
            return _shown(unit)
    title = _("调整%(unit)s的隶属", unit=unit.short_name)
    return _form_page(form, title, _("移动"), unit, status=_status(form))


@bp.post("/units/<code>/close")
@access("unit:keep")
def close(code: str) -> ResponseReturnValue:
    """Close a unit."""
    unit = _load(code)
    ActForm().must_match(unit)
    actions.close(unit, by=signed_in())
    return _shown(unit)


@bp.post("/units/<code>/reopen")
@access("unit:keep")
def reopen(code: str) -> ResponseReturnValue:
    """Take a closed unit into use again."""
    unit = _load(code)
    ActForm().must_match(unit)
    actions.reopen(unit, by=signed_in())
    return _shown(unit)


@bp.route("/units/<code>/jurisdictions/new", methods=["GET", "POST"])
@access("unit:keep")
def add_jurisdiction(code: str) -> ResponseReturnValue:
    """Give a unit jurisdiction over a division."""
    unit = _load(code)
    form = JurisdictionForm(data={"since": clock.today()})
    form.division.knows_demo = _is_demo()
    if form.validate_on_submit():
        with form.refusals():
            actions.add_jurisdiction(unit, form.division.data or "", form.since.day, by=signed_in())
            return _shown(unit)
    title = _("给%(unit)s增加管辖", unit=unit.short_name)
    return _form_page(form, title, _("增加管辖"), unit, status=_status(form))


@bp.route("/units/<code>/jurisdictions/<int:row_id>/end", methods=["GET", "POST"])
@access("unit:keep")
def end_jurisdiction(code: str, row_id: int) -> ResponseReturnValue:
    """Say until when a unit had jurisdiction."""
    unit = _load(code)
    row = queries.jurisdiction(unit, row_id)
    form = LastDayForm(data={"last_day": clock.today()})
    if form.validate_on_submit():
        with form.refusals():
            actions.end_jurisdiction(row, form.last_day.day, by=signed_in())
            return _shown(unit)
    title = _("终止对%(division)s的管辖", division=division_name(row.division_code))
    return _form_page(form, title, _("终止管辖"), unit, status=_status(form))


@bp.route("/units/<code>/lines/new", methods=["GET", "POST"])
@access("unit:keep")
def set_line(code: str) -> ResponseReturnValue:
    """Let a unit report elsewhere in one line of business."""
    unit = _load(code)
    form = LineForm()
    others = [other for other in queries.tree() if other.is_active and other.id != unit.id]
    form.superior.choices = unit_choices(others)
    if form.validate_on_submit():
        with form.refusals():
            superior = queries.by_code(form.superior.data)
            actions.set_line(unit, superior, Business(form.business.data), by=signed_in())
            return _shown(unit)
    title = _("给%(unit)s设定报告对象", unit=unit.short_name)
    return _form_page(form, title, _("设定"), unit, status=_status(form))


@bp.post("/units/<code>/lines/<int:row_id>/end")
@access("unit:keep")
def end_line(code: str, row_id: int) -> ResponseReturnValue:
    """Let the tree decide again."""
    unit = _load(code)
    actions.end_line(queries.line(unit, row_id), by=signed_in())
    return _shown(unit)


navigation.register(
    navigation.Entry("administration", 61, _l("组织单位"), "units.tree", "person:read")
)
