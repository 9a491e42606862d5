"""Which pages let a person sign in, out, act in another post and keep their own account?"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import segno
from flask import Blueprint, Response, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import login_user, logout_user
from markupsafe import Markup

from app.kernel import clock
from app.kernel.errors import NotFound
from app.kernel.roles import Role
from app.people import access as _policy  # noqa: F401 - declares the permissions
from app.people import actions, credentials, labels, queries, rules
from app.people import jobs as _routines  # noqa: F401 - declares what the queue does
from app.people.forms import ActForm, LanguageForm, PasswordForm, SignInForm, TotpForm
from app.people.models import Person
from app.units import queries as units
from app.web import access as doors
from app.web import i18n, trail
from app.web.access import access, login_manager, open_to_public, safe_next, signed_in, viewer
from app.web.pages import render_page, wants_fragment
from app.web.transactions import open_door, writes_late

bp = Blueprint("people", __name__, template_folder="templates")
TOUCH_EVERY = timedelta(minutes=1)
trail.told_by(queries.timeline)


class SignedInUser:
    """What Flask-Login carries for a request: the session's token and the identity."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, identity: Any) -> None:
        """Take the browser's token and the identity of its session."""
        self.token = token
        self.identity = identity

    def get_id(self) -> str:
        """Return what the cookie holds: the token, never a person's number."""
        return self.token


def _idle() -> timedelta:
    return timedelta(minutes=current_app.config["SETTINGS"].idle_minutes)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> SignedInUser | None:
    """Return the signed-in user of a token, ending what idleness or age has ended."""
    at = clock.now()
    found = queries.live_session(token, at, _idle())
    if found is None:
        return None
    person = found.person
    identity = queries.identity_of(person, found.unit_id, clock.legal_day(at))
    if identity is None:
        return None
    g.must_change_password = rules.must_change(
        told_to=person.must_change_password, changed_at=person.password_changed_at, at=at
    )
    session_id = found.id
    if at - found.last_seen_at > TOUCH_EVERY:
        actions.keep_alive(session_id, at)
    return SignedInUser(token, replace(identity, session_id=session_id))


@bp.before_app_request
def insist_on_a_password() -> ResponseReturnValue | None:
    """Let nobody past their account page while the password is somebody else's or too old."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "access", doors.PUBLIC) in {doors.PUBLIC, "account:own"}:
        return None
    if viewer() is not None and g.get("must_change_password"):
        return doors.turn_away(url_for("people.account"))
    return None


@bp.app_template_filter("browser")
def browser_name(agent: str) -> str:
    """Return a browser's short name for any page."""
    return rules.browser_of(agent)


@bp.app_context_processor
def person_menu() -> dict[str, Any]:
    """Give every whole page the person's menu: posts, account, sign-out."""
    who = None if g.get("has_failed") else viewer()
    if who is None or wants_fragment():
        return {}
    held = queries.held_posts(who.person_id, clock.today())
    here = {post.unit.code: post.unit for post in held}
    roles = [role for role in Role if role.value in who.roles]
    return {
        "role_words": gettext("、").join(str(labels.ROLES[role]) for role in roles),
        "posts": [
            {
                "label": unit.short_name,
                "url": url_for("people.act_in", code=code),
                "current": unit.id == who.unit_id,
            }
            for code, unit in here.items()
        ],
        "account": {
            "pages": [(labels.ACCOUNT, url_for("people.account"))],
            "sessions_url": url_for("people.account") + "#sessions",
            "sign_out_url": url_for("people.sign_out"),
        },
    }


def browser() -> actions.Browser:
    """Return where this request comes from, the address only as a keyed digest."""
    key = current_app.config["SECRET_KEY"].encode()
    address = (request.remote_addr or "").encode()
    digest = hmac.new(key, b"source/" + address, hashlib.sha256).hexdigest()[:32]
    return actions.Browser(request.headers.get("User-Agent", ""), digest)


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_public
@writes_late
def sign_in() -> ResponseReturnValue:
    """Sign in; the slow password check runs before the write lock is taken."""
    form = SignInForm()
    if request.method != "POST":
        form.next.data = safe_next(request.args.get("next")) or ""
        return redirect(url_for("desk.home")) if viewer() else _sign_in_page(form)
    if not form.validate():
        return _sign_in_page(form, 422)
    verdict = actions.verify(
        form.account.data or "", form.password.data or "", form.totp.data or "", browser()
    )
    replayed = open_door()
    if replayed is not None:
        return replayed
    lasts = timedelta(hours=current_app.config["SETTINGS"].session_hours)
    answer = actions.sign_in(verdict, browser(), lasts=lasts)
    if isinstance(answer, actions.Verdict):
        return _sign_in_refused(form, answer)
    return _begin_session(form, answer)


def _sign_in_page(form: SignInForm, status: int = 200) -> Response:
    return render_page("people/sign_in.html", form=form, status=status)


def _sign_in_refused(form: SignInForm, verdict: actions.Verdict) -> Response:
    # The failure must be kept although the page is a refusal, so it has its own transaction;
    # that spends the form's key, and the page shown again gets a new one.
    actions.keep_failure()
    form.form_key.data = uuid.uuid4().hex
    form.form_errors.append(str(labels.SIGN_IN[verdict.why]))
    return _sign_in_page(form, 422)


def _begin_session(form: SignInForm, new: actions.SignedIn) -> ResponseReturnValue:
    session.clear()
    login_user(SignedInUser(new.token, None))
    g.pop("viewer", None)
    answer = redirect(safe_next(form.next.data) or url_for("desk.home"), 303)
    if new.language:
        i18n.remember(answer, new.language)
    return answer


@bp.post("/sign-out")
@access("account:own")
def sign_out() -> ResponseReturnValue:
    """End this session, here and in the browser."""
    who = signed_in()
    if who.session_id is not None:
        actions.sign_out(who.session_id, by=who)
    logout_user()
    session.clear()
    answer = redirect(url_for("people.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.post("/act-in/<code>")
@access("account:own")
def act_in(code: str) -> ResponseReturnValue:
    """Go on in another post."""
    who = signed_in()
    actions.act_in(who.session_id or 0, units.by_code(code), by=who)
    return redirect(url_for("desk.home"), 303)


def _myself() -> Person:
    return queries.by_id(signed_in().person_id)


@bp.get("/account")
@access("account:own")
def account() -> ResponseReturnValue:
    """My own facts, password, second factor, language and sessions."""
    return _account_page()


def _account_page(
    *,
    password_form: PasswordForm | None = None,
    totp_form: TotpForm | None = None,
    status: int = 200,
) -> Response:
    person = _myself()
    return render_page(
        "people/account.html",
        "sessions",
        status=status,
        person=person,
        must_change=g.get("must_change_password", False),
        roles=labels.ROLES,
        held=queries.held_posts(person.id, clock.today()),
        sessions=queries.sessions_of(person.id, clock.now(), _idle()),
        password_form=password_form or PasswordForm(formdata=None),
        totp_form=totp_form or TotpForm(formdata=None),
        language_form=LanguageForm(formdata=None, data={"language": i18n.locale()}),
        form=ActForm(formdata=None),
    )


@bp.post("/account/password")
@access("account:own")
@writes_late
def change_password() -> ResponseReturnValue:
    """Change my password; my other sessions end."""
    form = PasswordForm()
    if form.validate():
        with form.refusals():
            hashed = credentials.new_password(
                _myself(), form.old_password.data or "", form.password.data or ""
            )
            replayed = open_door()
            if replayed is not None:
                return replayed
            credentials.change_password(_myself(), hashed, by=signed_in())
            return redirect(url_for("people.account"), 303)
    return _account_page(password_form=form, status=422)


@bp.route("/account/second-factor", methods=["GET", "POST"])
@access("account:own")
def second_factor() -> ResponseReturnValue:
    """Take up a second factor: scan, then prove it with a code."""
    person, form = _myself(), TotpForm()
    offer = credentials.totp_offer(person)
    if form.validate_on_submit():
        with form.refusals():
            offer = credentials.totp_offer(person, form.offer.data or "")
            credentials.take_totp(person, offer, form.totp.data or "", by=signed_in())
            return redirect(url_for("people.account"), 303)
    form.offer.data = offer.sealed
    picture = segno.make(offer.address).svg_inline(scale=5, border=2)
    return render_page(
        "people/second_factor.html",
        status=422 if form.is_submitted() else 200,
        form=form,
        offer=offer,
        picture=Markup(picture),  # noqa: S704 - drawn by segno from an address of ours
    )


@bp.post("/account/second-factor/drop")
@access("account:own")
def drop_second_factor() -> ResponseReturnValue:
    """Turn my second factor off."""
    form = TotpForm()
    if form.validate():
        with form.refusals():
            credentials.drop_totp(_myself(), form.totp.data or "", by=signed_in())
            return redirect(url_for("people.account"), 303)
    return _account_page(totp_form=form, status=422)


@bp.post("/account/language")
@access("account:own")
def choose_language() -> ResponseReturnValue:
    """Choose my language, for this browser and the next sign-in."""
    form = LanguageForm()
    if not form.validate():
        return _account_page(status=422)
    actions.speak(_myself(), form.language.data)
    answer = redirect(url_for("people.account"), 303)
    i18n.remember(answer, form.language.data)
    return answer


@bp.post("/account/sessions/<int:session_id>/end")
@access("account:own")
def end_session(session_id: int) -> ResponseReturnValue:
    """End another session of mine."""
    who = signed_in()
    found = queries.session_by_id(session_id)
    if found.person_id != who.person_id:
        raise NotFound
    actions.end_session(found, by=who)
    return redirect(url_for("people.account"), 303)


@bp.get("/units/<code>/people")
@access("unit:read")
def of_unit(code: str) -> ResponseReturnValue:
    """Who holds which post in a unit: a panel of the unit's page."""
    unit = units.by_code(code)
    held = queries.posts_in(unit, clock.today())
    return render_page("people/of_unit.html", "posts", unit=unit, held=held, roles=labels.ROLES)


@bp.get("/units/<code>/changes")
@access("person:read")
def unit_changes(code: str) -> ResponseReturnValue:
    """What was changed about a unit: a panel of its page."""
    unit = units.by_code(code)
    lines = trail.lines_of("unit", unit.code)
    return render_page("people/unit_changes.html", "changes", unit=unit, lines=lines)
