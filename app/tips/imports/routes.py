"""Which pages bring a foreign list in?"""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.kernel import clock, jobs
from app.kernel.text import neutral
from app.tips.imports import actions, forms, labels, queries, tables
from app.tips.imports import jobs as _work  # noqa: F401 - declares what the queue does
from app.tips.imports.models import ImportState, TipImport
from app.web.access import access, signed_in
from app.web.pages import Pagination, page_number, render_page
from app.web.transactions import after_commit, open_door, writes_late

bp = Blueprint("imports", __name__, url_prefix="/tips/imports", template_folder="templates")


@bp.route("/", methods=["GET", "POST"])
@access("tip:import")
@writes_late
def start() -> ResponseReturnValue:
    """Hand a list in; it is read before the write door opens and kept sealed."""
    who, form = signed_in(), forms.UploadForm()
    if form.validate_on_submit():
        with form.refusals():
            table = tables.read(form.content)
            replayed = open_door()
            if replayed is not None:
                return replayed
            run = actions.upload(table, form.content, form.file.data.filename, by=who)
            return redirect(url_for("imports.show", number=run.id), 303)
    status = 422 if form.is_submitted() else 200
    return render_page(
        "imports/start.html", form=form, runs=queries.newest(who), labels=labels, status=status
    )


@bp.get("/<int:number>")
@access("tip:import")
def show(number: int) -> ResponseReturnValue:
    """Show a list: its columns, how far it is, what is wrong with it."""
    run = queries.by_number(number, signed_in())
    form = forms.MappingForm()
    form.offer(run.headings, _chosen(run))
    form.source.data = run.source
    return _show(run, form)


def _chosen(run: TipImport) -> dict[str, int]:
    """Return what was recognised, or what the saved mapping in the address says."""
    kept = queries.mapping_named(request.args.get("mapping", ""), run.unit_path)
    if kept is None:
        return run.columns
    at = {heading: column for column, heading in reversed(list(enumerate(run.headings)))}
    return {each: at[heading] for each, heading in kept.headings.items() if heading in at}


def _show(run: TipImport, form: forms.MappingForm, *, status: int = 200) -> Response:
    number = page_number()
    return render_page(
        "imports/show.html",
        "list",
        status=status,
        run=run,
        form=form,
        act_form=forms.ActForm(),
        job=jobs.by_id(run.job_id) if run.job_id else None,
        is_stuck=queries.is_stuck(run),
        faults=labels.table(run, queries.faults(run, page=number)),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=run.fault_count),
        mappings=queries.mappings(signed_in()),
        labels=labels,
        states=ImportState,
    )


@bp.post("/<int:number>/check")
@access("tip:import")
def check(number: int) -> ResponseReturnValue:
    """Try a list: nothing is kept but what is wrong with it."""
    who = signed_in()
    run = queries.by_number(number, who)
    form = forms.MappingForm()
    form.offer(run.headings, {})
    form.must_match(run)
    if form.validate():
        with form.refusals():
            job = actions.check(run, form.columns(), form.source.text, by=who)
            if form.save_as.text:
                actions.save_mapping(run, form.save_as.text, by=who)
            return _sent(run, job.id)
    return _show(queries.by_number(number, who), form, status=422)


@bp.post("/<int:number>/keep")
@access("tip:import")
def keep(number: int) -> ResponseReturnValue:
    """Take a faultless list in."""
    run = queries.by_number(number, signed_in())
    return _sent(run, actions.keep(run, by=signed_in()).id)


def _sent(run: TipImport, job_id: str) -> ResponseReturnValue:
    after_commit(lambda: jobs.send(job_id))
    return redirect(url_for("imports.show", number=run.id), 303)


@bp.post("/<int:number>/drop")
@access("tip:import")
def drop(number: int) -> ResponseReturnValue:
    """Throw a list away."""
    run = queries.by_number(number, signed_in())
    actions.drop(run, by=signed_in())
    return redirect(url_for("imports.start"), 303)


@bp.get("/<int:number>/faults.csv")
@access("tip:import")
def faults(number: int) -> ResponseReturnValue:
    """Give all that is wrong as a file that any spreadsheet opens."""
    run = queries.by_number(number, signed_in())
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([labels.ROW, labels.COLUMN, labels.WRONG, labels.CONTENT])
    for row in labels.table(run, queries.faults(run)):
        lines.writerow([neutral(cell) for cell in row])
    name = f"faults-{run.id}-{clock.today():%Y%m%d}.csv"
    return Response(
        "\ufeff" + out.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
