"""Which pages does the world see?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.disclosures import labels as _disclosure_words  # noqa: F401 - refusals of the search
from app.disclosures import publications
from app.disclosures.batches import publications as batches
from app.kernel import clock, publiclog
from app.kernel.errors import NotFound
from app.kernel.publiclog import Kind
from app.kernel.query_codes import spoken
from app.kernel.signature import Signature
from app.mediations import tracking as mediations
from app.notices import labels as notice_labels
from app.notices import publications as notices
from app.public import actions, doorway, forms, labels, queries, rules, verifying
from app.public.log import labels as log_labels
from app.public.rules import Door
from app.public.verifying import Checked
from app.rewards import tracking as rewards
from app.supervision import labels as supervision_labels
from app.supervision import publications as supervision
from app.tips import tracking
from app.tips.tracking import Progress
from app.web.access import open_to_public, viewer
from app.web.files import send_kept
from app.web.i18n import locale
from app.web.pages import Pagination, page_number, public_root, render_page, verify_root
from app.web.transactions import open_door, writes_late

bp = Blueprint("public", __name__, template_folder="templates")

ON_FRONT = 5
IN_FEED = 50
#: Kept by browsers and proxies, but asked for again each time: a withdrawal shows at once.
PUBLIC = "public, no-cache"
TEMPLATES = Path(__file__).parent / "templates"
#: Changes with the pages themselves, so that an upgrade shows at once.
BUILT = max((page.stat().st_mtime_ns for page in TEMPLATES.rglob("*.*")), default=0)


@bp.record_once
def _without_tokens(state: Any) -> None:
    """Readers have no session, so there is nothing a token could protect."""
    state.app.extensions["csrf"].exempt(bp)


@bp.app_context_processor
def _frame() -> dict[str, Any]:
    """Give the public frame its navigation; staff pages have their own."""
    return {
        "public_navigation": [
            {"label": word, "url": url_for(endpoint), "current": _is_here(endpoint)}
            for endpoint, word in labels.NAVIGATION
        ],
        "foot_links": [(word, url_for(endpoint)) for endpoint, word in labels.FOOT],
    }


def _is_here(endpoint: str) -> bool:
    here = (request.endpoint or "").replace("publicreport.", "public.report.")
    return here.startswith(endpoint.rstrip("s"))


@bp.after_request
def _cacheable(response: Response) -> Response:
    """Let anybody keep a page as long as its content is the same."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return response
    if "Cache-Control" not in response.headers or response.direct_passthrough:
        response.headers["Cache-Control"] = PUBLIC
    if viewer() is None and not response.direct_passthrough and "ETag" not in response.headers:
        response.add_etag()
    if viewer() is None:
        response.make_conditional(request)
    return response


@bp.context_processor
def _owner() -> dict[str, Any]:
    return {"site_owner": queries.owner()}


def _by_edition(view: Callable[..., Response]) -> Callable[..., Response]:
    """Answer 304, before anything is rendered, while nothing published has changed.

    The tag names the latest edition, the day (a display may end), the language and the pages' own
    making.
    """

    @wraps(view)
    def answered(**arguments: str) -> Response:
        where = (request.full_path, request.url_root, locale(), BUILT)
        named = repr((publications.edition(), clock.today(), *where))
        tag = hashlib.sha256(named.encode()).hexdigest()[:32]
        if viewer() is None and request.if_none_match.contains(tag):
            return Response(status=304, headers={"ETag": f'"{tag}"', "Cache-Control": PUBLIC})
        response = view(**arguments)
        response.set_etag(tag)
        return response

    return answered


# Penalties ----------------------------------------------------------------------------------------


@bp.get("/")
@open_to_public
def front() -> ResponseReturnValue:
    """Show the search box, three doors, and what is new."""
    return render_page(
        "public/front.html",
        latest=publications.latest(ON_FRONT),
        total=publications.count(),
        recent=publications.count(since=clock.today() - timedelta(days=6)),
        notices=notices.latest(3),
        batches=batches.latest(3),
        listings=supervision.public_listings(3),
        listing_states=supervision_labels.STATES,
        often=labels.OFTEN,
    )


@bp.get("/disclosures")
@open_to_public
@_by_edition
def disclosures() -> Response:
    """Show penalties, all or those that hold the reader's words."""
    number = page_number()
    results = publications.find(request.args.get("q", ""), number)
    page = Pagination(number=number, per_page=publications.PER_PAGE, total=results.total)
    return render_page("public/disclosures.html", results=results, page=page)


@bp.get("/disclosures/<reference>")
@open_to_public
@_by_edition
def disclosure(reference: str) -> Response:
    """Show one penalty, or that it was withdrawn, when and why."""
    shown = publications.by_reference(reference)
    answer = render_page(
        "public/disclosure.html",
        shown=shown,
        code=spoken(shown.check_code),
        others=publications.others_of_party(shown),
        entries=publiclog.history(reference),
        labels=labels,
        of=log_labels,
    )
    if shown.value is None:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.get("/disclosures/<reference>/file.pdf")
@open_to_public
def disclosure_file(reference: str) -> ResponseReturnValue:
    """Send the file of a penalty; a withdrawn one leads to its mark."""
    shown = publications.by_reference(reference)
    if shown.value is None:
        return redirect(url_for("public.disclosure", reference=reference), 303)
    return send_kept(shown.pdf.sha256, "application/pdf", shown.value.file_name)


@bp.get("/disclosures/<reference>/qr.svg")
@open_to_public
def disclosure_code(reference: str) -> ResponseReturnValue:
    """Draw the address where the file is verified."""
    shown = publications.by_reference(reference)
    address = f"{verify_root()}?code={shown.check_code}"
    return Response(actions.drawn(address), mimetype="image/svg+xml")


@bp.get("/disclosures.atom")
@open_to_public
@_by_edition
def feed() -> Response:
    """Feed the latest penalties to whoever follows them."""
    latest = publications.latest(IN_FEED)
    answer = render_page("public/feed.xml", latest=latest, root=public_root())
    answer.mimetype = "application/atom+xml"
    return answer


@bp.route("/verify", methods=["GET", "POST"])
@open_to_public
@writes_late
def verify() -> ResponseReturnValue:
    """Tell whether a check code or a file is one of ours; the file is compared and dropped."""
    form, typed = forms.FileForm(), rules.plain_code(request.args.get("code", ""))
    found: Checked | None = None
    sealed: Signature | None = None
    asked, status = bool(typed), 200
    if request.method == "POST":
        asked = form.has_file()
        status = 200 if asked else 422
        if asked:
            found, sealed = verifying.by_file(form.file.data.stream.read())
    elif typed:
        found = verifying.by_code(typed)
    told = {"typed": typed, "asked": asked, "found": found, "sealed": sealed}
    told |= {"labels": labels, "of": log_labels}
    return render_page("public/verify.html", form=form, status=status, **told)


# Notices ------------------------------------------------------------------------------------------


@bp.get("/notices")
@open_to_public
def notices_list() -> ResponseReturnValue:
    """Show the notices, newest first."""
    number = page_number()
    found, total = notices.page(number, publications.PER_PAGE)
    page = Pagination(number=number, per_page=publications.PER_PAGE, total=total)
    return render_page("public/notices.html", notices=found, page=page, kinds=notice_labels.KINDS)


@bp.get("/notices/<reference>")
@open_to_public
def notice(reference: str) -> ResponseReturnValue:
    """Show one notice, or that it was withdrawn, when and why."""
    found = notices.by_reference(reference)
    if found is None:
        raise NotFound
    return render_page(
        "public/notice.html",
        notice=found,
        code=spoken(found.check_code),
        entries=publiclog.history(reference, Kind.NOTICE),
        of=log_labels,
        kinds=notice_labels.KINDS,
    )


@bp.get("/notices/<reference>/file.pdf")
@open_to_public
def notice_file(reference: str) -> ResponseReturnValue:
    """Send the file of a notice; a withdrawn one leads to its mark."""
    found = notices.by_reference(reference)
    if found is None or not found.pdf_sha256:
        return redirect(url_for("public.notice", reference=reference), 303)
    return send_kept(found.pdf_sha256, "application/pdf", f"{found.number} {found.title}.pdf")


@bp.get("/notices/<reference>/files/<int:place>")
@open_to_public
def notice_attachment(reference: str, place: int) -> ResponseReturnValue:
    """Send a file that goes with a notice."""
    found = notices.by_reference(reference)
    if found is None or not 1 <= place <= len(found.files):
        raise NotFound
    file = found.files[place - 1]
    return send_kept(file.sha256, file.media_type, file.name)


@bp.route("/report", methods=["GET", "POST"])
@open_to_public
@writes_late
def report() -> ResponseReturnValue:
    """Take a complaint or a report in, all on one page."""
    form = forms.ReportForm()
    if request.method == "POST":
        if not doorway.is_open(Door.REPORT, request.remote_addr):
            return open_door() or doorway.shut(Door.REPORT, form.written())
        if form.validate():
            stopped: ResponseReturnValue | None
            stopped = doorway.passed(Door.REPORT, request.remote_addr, form.written())
            if stopped is not None:
                return stopped
            with form.refusals():
                taken = actions.take_in(form.account(), form.caller(), form.photos.stored)
                return redirect(url_for("public.receipt", sealed=taken), 303)
    status = 200 if request.method == "GET" else 422
    answer = render_page("public/report.html", form=form, labels=labels, status=status)
    # Each rendering has a key of its own: a shared copy would make two reports one.
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/report/receipt/<sealed>")
@open_to_public
def receipt(sealed: str) -> ResponseReturnValue:
    """Show number and query code, for half an hour; the code is kept nowhere in readable form."""
    given = actions.open_receipt(sealed)
    answer = render_page("public/receipt.html", number=given.number, code=spoken(given.code))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.route("/track", methods=["GET", "POST"])
@open_to_public
@writes_late
def track() -> ResponseReturnValue:
    """Tell whoever has number and query code how far it is; all wrong answers look alike."""
    form = forms.TrackForm()
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return render_page("public/track.html", form=form, status=status)
    open_door()
    if not actions.knock(Door.TRACK, queries.source_digest(request.remote_addr or "")):
        return doorway.shut(Door.TRACK, ())  # type: ignore[no-any-return]
    actions.keep_count()
    found = tracking.progress(form.number.data or "", form.code.data or "")
    if not found:
        form.form_errors.append(str(labels.NOT_FOUND))
        return render_page("public/track.html", form=form, status=422)
    return _progress(found)


def _progress(found: list[Progress], *, status: int = 200, **sent: Any) -> Response:
    """Show how far a call is, what was asked and added, and what may still be written."""
    number = found[0].reference
    late = [tip.reference for tip in found if rules.is_overdue(tip.due_on, clock.today())]
    answer = render_page(
        "public/progress.html",
        status=status,
        found=found,
        late=late,
        tables={tip.reference: mediations.of_complaint(tip.handled_in) for tip in found},
        rewards={tip.reference: rewards.of_report(tip.reference) for tip in found},
        steps_of=rules.steps_of,
        labels=labels,
        talk=tracking.talk(number),
        ticket=actions.seal_ticket(number),
        forms={"add": forms.AddForm(prefix="add"), "rate": forms.RateForm(prefix="rate"), **sent},
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.get("/track/<ticket>")
@open_to_public
def progress(ticket: str) -> ResponseReturnValue:
    """Show how far it is to whoever has shown the query code within the half hour."""
    return _progress(tracking.of_call(actions.open_ticket(ticket)))


@bp.post("/track/<ticket>/add")
@open_to_public
@writes_late
def add(ticket: str) -> ResponseReturnValue:
    """Take in what the reporter adds or answers, and files."""
    number, form = actions.open_ticket(ticket), forms.AddForm(prefix="add")
    if not doorway.is_open(Door.REPORT, request.remote_addr):
        return open_door() or doorway.shut(Door.REPORT, form.written())
    if form.validate():
        stopped: ResponseReturnValue | None
        stopped = doorway.passed(Door.REPORT, request.remote_addr, form.written())
        if stopped is not None:
            return stopped
        with form.refusals():
            tracking.add(number, text=form.text.text, files=form.files.stored)
            return redirect(url_for("public.progress", ticket=actions.seal_ticket(number)), 303)
    return _progress(tracking.of_call(number), status=422, add=form)


@bp.post("/track/<ticket>/rate")
@open_to_public
def rate(ticket: str) -> ResponseReturnValue:
    """Keep how the reporter judges the handling, once."""
    number, form = actions.open_ticket(ticket), forms.RateForm(prefix="rate")
    if form.validate():
        with form.refusals():
            tracking.rate(number, score=int(form.score.data), text=form.text.text)
            return redirect(url_for("public.progress", ticket=actions.seal_ticket(number)), 303)
    return _progress(tracking.of_call(number), status=422, rate=form)


# About --------------------------------------------------------------------------------------------


def _standing_page(name: str) -> Callable[[], ResponseReturnValue]:
    @open_to_public
    def page() -> ResponseReturnValue:
        return render_page(f"public/{name}.html")

    return page


for _name in ("about", "accessibility", "privacy"):
    bp.add_url_rule(f"/{_name}", _name, _standing_page(_name))


@bp.get("/robots.txt")
@open_to_public
def robots() -> ResponseReturnValue:
    """Tell search engines what is not for them."""
    return Response(labels.ROBOTS, mimetype="text/plain")
