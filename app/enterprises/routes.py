"""Which pages show and keep the register of enterprises?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.codes import queries as codes
from app.enterprises import access as _policy  # noqa: F401 - declares the permissions
from app.enterprises import actions, labels, queries, rules
from app.enterprises.forms import EnterpriseForm, Lists, RegisterFilter
from app.enterprises.models import Enterprise
from app.kernel import divisions, permissions
from app.people import queries as people
from app.units import queries as units
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.i18n import locale
from app.web.pages import Pagination, about, page_number, render_page

bp = Blueprint("enterprises", __name__, url_prefix="/enterprises", template_folder="templates")

#: What slices above tell about an enterprise, each by a page of its own that loads into a panel.
PANELS = (
    ("enterprise-tips", _l("投诉举报"), "tips.panel_for_enterprise"),
    ("enterprise-inspections", _l("检查任务"), "inspections.panel_for_enterprise"),
    ("enterprise-cases", _l("案件"), "cases.panel_for_enterprise"),
    ("enterprise-supervision", _l("挂牌督办"), "supervision.panel_for_enterprise"),
    ("enterprise-disclosures", _l("处罚公示"), "disclosures.panel_for_enterprise"),
)


@dataclass(frozen=True)
class Panel:
    """One panel of another slice: where it loads from, and the id of its place."""

    id: str
    title: Any
    url: str


@bp.get("/")
@access("enterprise:read")
def register() -> ResponseReturnValue:
    """Show the register, narrowed as the address says."""
    asked, number = _asked(), page_number()
    found = queries.search(asked, page=number)
    return render_page(
        "enterprises/register.html", "register", found=found, asked=asked,
        filter=RegisterFilter(_lists(), request.args), labels=labels, division_name=_division_name,
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=found.total),
    )  # fmt: skip


def _asked() -> queries.Filter:
    args = request.args
    return queries.Filter(
        text=args.get("q", "")[: queries.MOST_TYPED].strip(),
        division=args.get("division", "")[:6],
        field=args.get("field", "")[:40],
        product=args.get("product", "")[:40],
        status=args.get("status", "") if args.get("status", "") in set(labels.STATUSES) else "",
    )


def _lists(kept: Enterprise | None = None) -> Lists:
    """Return today's choices, and whatever an older entry still carries."""
    demo, home = queries.has_demo_divisions(), units.top().division_code
    of_divisions = dict(divisions.choices(home, demo=demo))
    products = dict(codes.choices("products", locale()))
    if kept is not None:
        of_divisions.setdefault(kept.division_code, _division_name(kept.division_code))
        for code in kept.products:
            products.setdefault(code, codes.label("products", code, locale()))
    fields = {code: codes.label("fields", code, locale()) for code in rules.FIELDS}
    return Lists(of_divisions, fields, products)


def _division_name(code: str) -> str:
    return divisions.name_of(code, demo=queries.has_demo_divisions()) or code


@bp.route("/new", methods=["GET", "POST"])
@access("enterprise:register")
def new() -> ResponseReturnValue:
    """Enter an enterprise into the register."""
    form = EnterpriseForm(_lists())
    if request.method == "GET":
        form.name.data = request.args.get("name", "")[: rules.NAME_LENGTH]
        return render_page("enterprises/new.html", form=form)
    if form.validate():
        with form.refusals():
            enterprise = actions.register(form.particulars(), by=signed_in())
            return redirect(url_for("enterprises.show", reference=enterprise.reference), 303)
    return render_page("enterprises/new.html", "entry", form=form, status=422)


@bp.get("/<reference>")
@access("enterprise:read")
def show(reference: str) -> ResponseReturnValue:
    """Show an enterprise with everything the house knows of it."""
    enterprise = _load(reference)
    full_name = divisions.full_name_of(enterprise.division_code, demo=queries.has_demo_divisions())
    return render_page(
        "enterprises/show.html", enterprise=enterprise, labels=labels, lines=_lines(reference),
        panels=_panels(reference), division=full_name or enterprise.division_code,
        fields=[codes.label("fields", code, locale()) for code in enterprise.fields],
        products=[codes.label("products", code, locale()) for code in enterprise.products],
    )  # fmt: skip


def _load(reference: str) -> Enterprise:
    about(actions.KIND, reference, url_for("enterprises.show", reference=reference))
    return queries.by_reference(reference)


def _lines(reference: str) -> list[trail.Line]:
    happenings = people.timeline(actions.KIND, reference)
    return [
        replace(line, detail=labels.changed(happening.facts))
        for line, happening in zip(trail.lines(happenings), happenings, strict=True)
    ]


def _panels(reference: str) -> Sequence[Panel]:
    """Return the panels of the slices that are there and that this person may open."""
    views, who = current_app.view_functions, signed_in()
    return [
        Panel(place, title, url_for(endpoint, reference=reference))
        for place, title, endpoint in PANELS
        if endpoint in views and permissions.may(who, getattr(views[endpoint], "access", ""))
    ]


@bp.route("/<reference>/amend", methods=["GET", "POST"])
@access("enterprise:amend")
def amend(reference: str) -> ResponseReturnValue:
    """Change an entry."""
    enterprise = _load(reference)
    permissions.require(signed_in(), "enterprise:amend", enterprise)
    if request.method == "GET":
        return _amend(enterprise, EnterpriseForm(_lists(enterprise), data=_kept(enterprise)))
    form = EnterpriseForm(_lists(enterprise))
    if form.sent_for(enterprise):
        with form.refusals():
            actions.amend(enterprise, form.particulars(), by=signed_in())
            return redirect(url_for("enterprises.show", reference=reference), 303)
    return _amend(queries.by_reference(reference), form, status=422)


def _amend(enterprise: Enterprise, form: EnterpriseForm, status: int = 200) -> Response:
    return render_page(
        "enterprises/amend.html", "entry", enterprise=enterprise, form=form, status=status
    )


def _kept(enterprise: Enterprise) -> dict[str, object]:
    kept = vars(actions.particulars_of(enterprise))
    return {
        **kept,
        "kind": enterprise.kind.value,
        "status": enterprise.status.value,
        "fields": list(kept["fields"]),
        "products": list(kept["products"]),
        "aliases": "\n".join(enterprise.aliases),
        "version": enterprise.version,
    }


navigation.register(
    navigation.Entry("archive", 50, _l("企业档案"), "enterprises.register", "enterprise:read")
)
