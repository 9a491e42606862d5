"""Which pages of official documents are there?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.clocks.queries import ClockView
from app.kernel import clock
from app.kernel.errors import Refused
from app.kernel.permissions import allows
from app.mediations import labels as mediation_labels
from app.mediations.rules import Way
from app.papers import access as _policy  # noqa: F401 - declares the permissions
from app.papers import actions, documents, forms, labels, queries
from app.papers.models import Paper
from app.papers.rules import PaperKind, Recipient
from app.tips import labels as tip_labels
from app.tips import queries as tips
from app.tips import replies
from app.tips.models import Tip
from app.typesetting import Document, TypesettingError
from app.web.access import access, opened_for, signed_in
from app.web.files import send_made
from app.web.pages import about, render_page
from app.web.subjects import Subject
from app.web.transactions import keep_now, open_door, repeatable, writes_late
from app.web.wtf import HouseForm, options

bp = Blueprint("papers", __name__, url_prefix="/papers", template_folder="templates")


_subject = Subject("tip", "papers.of_tip", tips.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/tips/<reference>")
@access("paper:read")
def of_tip(reference: str) -> ResponseReturnValue:
    """Show the documents of a tip, and what may be issued now."""
    return _show(_load(reference), {})


def _show(tip: Tip, sent: dict[str, HouseForm], *, status: int = 200) -> Response:
    who = signed_in()
    choices = queries.offered(tip, who) if allows(who, "paper:issue", tip) else []
    issuing: Any = sent.get("issue") or (_issue_form(tip, formdata=None) if choices else None)
    rows = [
        {
            "paper": paper,
            "delivery": _delivery(paper, sent) if allows(who, "paper:serve", paper) else None,
            "purpose": _purpose(paper, sent) if allows(who, "reporter:read", tip) else None,
        }
        for paper in queries.of_tip(tip, who)
    ]
    return render_page(
        "papers/of_tip.html",
        "papers",
        status=status,
        tip=tip,
        rows=rows,
        issuing=issuing,
        telling=sent.get("tell") or _tell_form(tip),
        reply=_reply(tip),
        told=queries.told(tip),
        labels=labels,
        tip_labels=tip_labels,
        ways=mediation_labels.WAYS,
    )


def _issue_form(tip: Tip, **given: Any) -> forms.IssueForm:
    form = forms.IssueForm(prefix="issue", **given)
    form.paper.choices = options(
        {
            f"{kind}/{recipient}": f"{labels.KINDS[kind]} {labels.RECIPIENTS[recipient]}"
            for kind, recipient in queries.offered(tip, signed_in())
        }
    )
    return form


def _delivery(paper: Paper, sent: dict[str, HouseForm]) -> HouseForm | None:
    if paper.served_on is not None:
        return None
    name = f"delivery-{paper.id}"
    form = sent.get(name) or forms.DeliveryForm(
        formdata=None, prefix=name, data={"on": clock.today()}
    )
    form.version.data = form.version.data or str(paper.version)
    return form


def _purpose(paper: Paper, sent: dict[str, HouseForm]) -> HouseForm | None:
    name = f"purpose-{paper.id}"
    return sent.get(name) or forms.PurposeForm(
        formdata=None, prefix=name, data={"purpose": "paper"}
    )


def _reply(tip: Tip) -> ClockView | None:
    """Return the term in which the reporter is to be told, with its words."""
    term = replies.running(tip)
    return clocks.view(term, clock.today()) if term else None


def _tell_form(tip: Tip) -> forms.TellForm | None:
    if replies.running(tip) is None or not allows(signed_in(), "reporter:tell", tip):
        return None
    return forms.TellForm(formdata=None, prefix="tell", data={"on": clock.today()})


@bp.post("/tips/<reference>/told")
@access("reporter:tell")
def tell(reference: str) -> ResponseReturnValue:
    """Note that a named reporter was told whether a case is filed."""
    tip = _load(reference)
    form = forms.TellForm(prefix="tell")
    if form.validate():
        with form.refusals():
            way = Way(form.way.data)
            actions.tell_reporter(tip, on=form.on.day, way=way, by=signed_in())
            return _done(tip)
    return _show(tip, {"tell": form}, status=422)


@bp.post("/tips/<reference>/issue")
@access("paper:issue")
def issue(reference: str) -> ResponseReturnValue:
    """Issue one of the ten documents."""
    tip = _load(reference)
    form = _issue_form(tip)
    if form.validate():
        with form.refusals():
            kind, _, recipient = form.paper.data.partition("/")
            asked = actions.Asked(PaperKind(kind), Recipient(recipient), form.until.data)
            actions.issue(tip, asked, by=signed_in())
            return _done(tip)
    return _show(tip, {"issue": form}, status=422)


def _paper(paper_id: int) -> tuple[Paper, Tip]:
    """Return a document and its tip, in the viewer's scope."""
    paper = queries.by_id(paper_id, signed_in())
    tip = tips.by_reference(paper.tip_reference, signed_in())
    about("tip", tip.reference, url_for("papers.of_tip", reference=tip.reference))
    return paper, tip


def _file(number: str, made: Document) -> Response:
    return send_made(made.content, "application/pdf", f"{number}.pdf")


@bp.get("/<int:paper_id>/file.pdf")
@access("paper:read")
def file(paper_id: int) -> ResponseReturnValue:
    """Send a document that names no reporter."""
    paper, tip = _paper(paper_id)
    opened_for(queries.read_with(paper, tip))
    return _file(paper.number, actions.set_plain(paper, tip, by=signed_in()))


@bp.post("/<int:paper_id>/named.pdf")
@access("reporter:read")
@repeatable
@writes_late
def named(paper_id: int) -> ResponseReturnValue:
    """Send a document with the reporter's name; the look is kept before it is set.

    Each sending is a look of its own: none is answered as an earlier one, none leaves no trace.
    """
    paper, tip = _paper(paper_id)
    opened_for(tip)
    name = f"purpose-{paper.id}"
    form = forms.PurposeForm(prefix=name)
    if form.validate():
        with form.refusals():
            kind, number = paper.kind, paper.number
            open_door()
            words = actions.named_words(paper, tip, purpose=form.purpose.data, by=signed_in())
            keep_now()
            try:
                return _file(number, documents.set_words(kind, words))
            except TypesettingError as fault:
                raise Refused("typesetting_failed") from fault
    return _show(tip, {name: form}, status=422)


@bp.post("/<int:paper_id>/served")
@access("paper:serve")
def serve(paper_id: int) -> ResponseReturnValue:
    """Note that a document was served."""
    paper, tip = _paper(paper_id)
    opened_for(paper)
    name = f"delivery-{paper.id}"
    form = forms.DeliveryForm(prefix=name)
    if form.sent_for(paper):
        with form.refusals():
            actions.note_service(paper, tip, on=form.on.day, way=Way(form.way.data), by=signed_in())
            return _done(tip)
    return _show(tip, {name: form}, status=422)
