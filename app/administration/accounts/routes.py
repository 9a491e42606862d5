"""Which pages keep accounts, posts and sessions?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.administration.accounts.forms import ActForm, AmendForm, FindForm, GrantForm, PersonForm
from app.kernel import clock
from app.kernel.errors import Refused
from app.kernel.permissions import may
from app.kernel.roles import Role
from app.people import actions, credentials, labels, queries
from app.people.models import Person
from app.units import queries as units
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.pages import Pagination, about, page_number, render_page
from app.web.transactions import open_door, writes_late
from app.web.wtf import options

bp = Blueprint("accounts", __name__, url_prefix="/administration", template_folder="templates")
PER_PAGE = 50


def _idle() -> timedelta:
    return timedelta(minutes=current_app.config["SETTINGS"].idle_minutes)


@bp.get("/people")
@access("person:read")
def everybody() -> ResponseReturnValue:
    """Everybody with an account."""
    form, number = FindForm(request.args), page_number()
    sought = (form.q.data or "").strip() if form.validate() else ""
    found = queries.directory(sought, page=number, per_page=PER_PAGE)
    return render_page(
        "accounts/people.html",
        "list",
        form=form,
        found=found,
        page=Pagination(number=number, per_page=PER_PAGE, total=found.total),
        is_set=bool(sought),
        roles=labels.ROLES,
        today=clock.today(),
        now=clock.now(),
    )


@bp.route("/people/new", methods=["GET", "POST"])
@access("person:keep")
@writes_late
def new() -> ResponseReturnValue:
    """Make an account; its one-time password stands on the answer and nowhere else."""
    form = PersonForm()
    if form.validate_on_submit():
        first = credentials.first_password()
        replayed = open_door()
        if replayed is not None:
            return replayed
        with form.refusals():
            person, told = actions.create_person(
                form.account.data or "", form.name.data or "", by=signed_in(), first=first
            )
            return _told(person, told, _("账号已建立"))
    status = 422 if form.is_submitted() else 200
    return render_page("accounts/new_person.html", form=form, status=status)


def _told(person: Person, password: str, title: str) -> Response:
    """Show a one-time password once: in this answer, never in an address, a cookie or a log."""
    answer = render_page(
        "accounts/first_password.html", person=person, password=password, title=title
    )
    # A second press of the button is led here and shows no password any more.
    answer.status_code = 201
    answer.headers["Location"] = url_for("accounts.person", account=person.account)
    return answer


def _load(account: str) -> Person:
    found = queries.by_account(account)
    about("person", account, url_for("accounts.person", account=account))
    return found


@bp.get("/people/<account>")
@access("person:read")
def person(account: str) -> ResponseReturnValue:
    """One account: facts, posts, sessions, trail."""
    return _person_page(_load(account))


def _person_page(
    found: Person,
    *,
    amend_form: AmendForm | None = None,
    grant_form: GrantForm | None = None,
    status: int = 200,
) -> Response:
    kept = {"version": found.version}
    facts = {"name": found.name, "phone": found.phone, "is_active": found.is_active}
    can_see_sessions = may(signed_in(), "session:read")
    return render_page(
        "accounts/person.html",
        "record",
        status=status,
        person=found,
        roles=labels.ROLES,
        today=clock.today(),
        now=clock.now(),
        sessions=queries.sessions_of(found.id, clock.now(), _idle()) if can_see_sessions else [],
        lines=trail.lines_of("person", found.account),
        amend_form=amend_form or AmendForm(formdata=None, data={**kept, **facts}),
        grant_form=grant_form or _grant_form(fresh=True),
        form=ActForm(formdata=None, data=kept),
    )


def _grant_form(*, fresh: bool) -> GrantForm:
    sent: dict[str, Any] = {"formdata": None} if fresh else {}
    form = GrantForm(data={"since": clock.today()}, **sent)
    found = {unit.code: "　" * unit.depth + unit.name for unit in units.tree() if unit.is_active}
    form.unit.choices = options(found, empty=_("请选择"))
    return form


def _done(found: Person) -> ResponseReturnValue:
    return redirect(url_for("accounts.person", account=found.account), 303)


@bp.post("/people/<account>/amend")
@access("person:keep")
def amend(account: str) -> ResponseReturnValue:
    """Change an account's facts, or disable it."""
    found, form = _load(account), AmendForm()
    if form.sent_for(found):
        with form.refusals():
            actions.amend_person(
                found,
                name=form.name.data or "",
                phone=form.phone.data or "",
                is_active=form.is_active.data,
                by=signed_in(),
            )
            return _done(found)
    return _person_page(_load(account), amend_form=form, status=422)


@bp.post("/people/<account>/reset")
@access("person:keep")
@writes_late
def reset_password(account: str) -> ResponseReturnValue:
    """Give a one-time password."""
    first = credentials.first_password()
    replayed = open_door()
    if replayed is not None:
        return replayed
    found = _load(account)
    credentials.reset_password(found, first, by=signed_in())
    return _told(found, first.words, _("密码已重置"))


@bp.post("/people/<account>/unlock")
@access("person:keep")
def unlock(account: str) -> ResponseReturnValue:
    """Lift a lock after failed attempts."""
    found = _load(account)
    actions.unlock(found, by=signed_in())
    return _done(found)


@bp.post("/people/<account>/revoke-factor")
@access("factor:revoke")
def revoke_factor(account: str) -> ResponseReturnValue:
    """Take a lost second factor away."""
    found = _load(account)
    credentials.revoke_totp(found, by=signed_in())
    return _done(found)


@bp.post("/people/<account>/posts")
@access("post:grant")
def grant_post(account: str) -> ResponseReturnValue:
    """Give a person a role in a unit."""
    found, form = _load(account), _grant_form(fresh=False)
    if form.validate():
        with form.refusals():
            if form.since.day < clock.today():
                raise Refused("post_in_past", field="since")
            actions.grant_post(
                found,
                units.by_code(form.unit.data),
                Role(form.role.data),
                by=signed_in(),
                title=form.title.data or "",
                since=form.since.day,
            )
            return _done(found)
    return _person_page(_load(account), grant_form=form, status=422)


@bp.post("/people/<account>/posts/<int:post_id>/end")
@access("post:grant")
def end_post(account: str, post_id: int) -> ResponseReturnValue:
    """Take a role away."""
    found = _load(account)
    actions.end_post(queries.post_of(found, post_id), by=signed_in())
    return _done(found)


@bp.get("/sessions")
@access("session:read")
def sessions() -> ResponseReturnValue:
    """Everybody who is signed in."""
    found = queries.all_sessions(clock.now(), _idle())
    return render_page("accounts/sessions.html", "list", sessions=found)


@bp.post("/sessions/<int:session_id>/end")
@access("session:end")
def end_session(session_id: int) -> ResponseReturnValue:
    """End somebody's session; their next request is refused."""
    found = queries.session_by_id(session_id)
    actions.end_session(found, by=signed_in())
    back = request.form.get("back") == "sessions"
    return redirect(url_for("accounts.sessions"), 303) if back else _done(found.person)


navigation.register(
    navigation.Entry("administration", 62, _l("人员"), "accounts.everybody", "person:read"),
    navigation.Entry("administration", 63, _l("会话"), "accounts.sessions", "session:read"),
)
