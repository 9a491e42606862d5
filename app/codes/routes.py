"""Which pages keep the code lists?"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.codes import access as _policy  # noqa: F401 - declares the permissions
from app.codes import actions, labels, queries
from app.codes.forms import AddForm, NamesForm, ReinstateForm, RetireForm
from app.codes.models import CodeEntry
from app.codes.rules import CodeList
from app.kernel import audit, clock
from app.web import navigation, words
from app.web.access import access, signed_in
from app.web.i18n import locale
from app.web.pages import about, render_page
from app.web.wtf import HouseForm

bp = Blueprint("codes", __name__, template_folder="templates")


@bp.app_template_global("code_label")
def code_label(list_name: str, code: str) -> str:
    """Return a code's name in the reader's language, for any page."""
    return queries.label(list_name, code, locale())


@bp.get("/code-lists")
@access("code_list:read")
def lists() -> ResponseReturnValue:
    """Every list with its size."""
    return render_page(
        "codes/lists.html", summaries=queries.summaries(clock.today()), titles=labels.LISTS
    )


@bp.get("/code-lists/<list_name>")
@access("code_list:read")
def show(list_name: str) -> ResponseReturnValue:
    """One list: its entries and, for its keeper, a form for another."""
    return _show(list_name)


def _show(list_name: str, form: AddForm | None = None, status: int = 200) -> Response:
    rows = queries.entries(list_name)
    return render_page(
        "codes/show.html", status=status, rows=rows, name=CodeList(list_name),
        title=labels.LISTS[CodeList(list_name)], form=form or _add_form(list_name),
        names={row.code: row.name(locale()) for row in rows},
    )  # fmt: skip


def _add_form(list_name: str) -> AddForm:
    return AddForm(dict(queries.choices(list_name, locale())))


@bp.post("/code-lists/<list_name>")
@access("code_list:keep")
def add(list_name: str) -> ResponseReturnValue:
    """Add an entry."""
    form = _add_form(list_name)
    if form.validate():
        with form.refusals():
            actions.add(
                list_name, form.code.data or "", _typed(form), parent=form.parent.data or "",
                by=signed_in(),
            )  # fmt: skip
            return redirect(url_for("codes.show", list_name=list_name), 303)
    return _show(list_name, form, 422)


@bp.route("/code-lists/<list_name>/<code>", methods=["GET", "POST"])
@access("code_list:keep")
def edit(list_name: str, code: str) -> ResponseReturnValue:
    """Rename or move an entry."""
    entry = _load(list_name, code)
    form = NamesForm(data=_kept(entry))
    if form.is_submitted():
        if form.carries(entry, lambda: actions.amend(entry, _typed(form), by=signed_in())):
            return redirect(url_for("codes.show", list_name=list_name), 303)
        return _edit(list_name, code, form, status=422)
    return _edit(list_name, code, form)


@bp.post("/code-lists/<list_name>/<code>/retire")
@access("code_list:keep")
def retire(list_name: str, code: str) -> ResponseReturnValue:
    """Say until when an entry may be chosen."""
    entry = _load(list_name, code)
    form = RetireForm()
    if form.validate() and form.last_day.data is not None:
        form.must_match(entry)
        with form.refusals():
            actions.retire(entry, form.last_day.data, by=signed_in())
            return redirect(url_for("codes.edit", list_name=list_name, code=code), 303)
    return _edit(list_name, code, retire_form=form, status=422)


@bp.post("/code-lists/<list_name>/<code>/reinstate")
@access("code_list:keep")
def reinstate(list_name: str, code: str) -> ResponseReturnValue:
    """Let a retired entry be chosen again."""
    entry = _load(list_name, code)
    ReinstateForm().must_match(entry)
    actions.reinstate(entry, by=signed_in())
    return redirect(url_for("codes.edit", list_name=list_name, code=code), 303)


def _load(list_name: str, code: str) -> CodeEntry:
    entry = queries.entry(list_name, code)
    address = url_for("codes.edit", list_name=list_name, code=code)
    about(actions.KIND, actions.reference(entry), address)
    return entry


def _kept(entry: CodeEntry) -> dict[str, object]:
    return {
        "zh": entry.name_zh, "en": entry.name_en, "position": entry.position,
        "version": entry.version,
    }  # fmt: skip


def _typed(form: NamesForm) -> actions.Names:
    return actions.Names(form.zh.data or "", form.en.data or "", form.position.data)


def _edit(
    list_name: str,
    code: str,
    form: NamesForm | None = None,
    retire_form: RetireForm | None = None,
    *,
    status: int = 200,
) -> Response:
    entry = queries.entry(list_name, code)
    kept: dict[str, object] = {"version": entry.version}
    return render_page(
        "codes/edit.html", status=status, entry=entry, title=labels.LISTS[entry.list_name],
        form=form or _fresh(NamesForm, _kept(entry)),
        retire_form=retire_form or _fresh(RetireForm, kept | {"last_day": entry.valid_to}),
        reinstate_form=_fresh(ReinstateForm, kept),
        trail=[
            (found.at, words.event(found.event))
            for found in audit.trail(actions.KIND, actions.reference(entry))
        ],
    )  # fmt: skip


def _fresh(kind: type[HouseForm], data: dict[str, object]) -> HouseForm:
    """Return a form with kept values, whatever another form of the page was sent."""
    return kind(formdata=None, data=data)


navigation.register(
    navigation.Entry("administration", 64, _l("代码表"), "codes.lists", "code_list:read")
)
