"""Units: the tree, one unit, and importing from a file with every fault listed."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from web import answers, door, forms, picked_people
from web.pages.administration import granting
from workflow.organisation import GrantForm, grants, units

blueprint = Blueprint("units", __name__, url_prefix="/admin/units")
blueprint.before_request(door.readers_only)
CELLS = ("name", "short_name", "kind", "parent", "line", "owes", "valid_from", "valid_to", "blocks")
"""The inputs of a unit's form, named as the columns of an import."""


@blueprint.get("")
def index() -> str:
    tx, words = door.reading(), request.args.get("words", "")
    listed = units.search(tx, words, limit=100) if words else units.every(tx)
    return render_template(
        "administration/units/units.html", units=listed, words=words, kinds=units.kinds(tx), today=door.today()
    )


@blueprint.get("/new")
def new() -> str:
    tx = door.reading()
    return render_template(
        "administration/units/unit.html", unit=None, path=(), grants=(), kinds=units.kinds(tx), units=units.every(tx)
    )


@blueprint.get("/<int:unit_id>")
def page(unit_id: int) -> str:
    tx = door.reading()
    return render_template(
        "administration/units/unit.html",
        unit=units.find(tx, unit_id),
        path=units.path(tx, unit_id),
        grants=grants.at_unit(tx, unit_id),
        kinds=units.kinds(tx),
        units=units.every(tx),
    )


@blueprint.post("/new")
@answers.shown_on(new)
def add() -> Response:
    with door.writing() as tx:
        unit_id = units.edit(tx, _cells(forms.line_of("code")), person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "units.page", unit_id=unit_id)


@blueprint.post("/<int:unit_id>")
@answers.shown_on(page)
def edit(unit_id: int) -> Response:
    with door.writing() as tx:
        code = units.find(tx, unit_id).code
        units.edit(tx, _cells(code), person_id=door.visitor().person_id, now=door.now_in(tx))
    return answers.redirect_done("kept", "units.page", unit_id=unit_id)


@blueprint.get("/<int:unit_id>/grants")
def grant_form(unit_id: int) -> str:
    tx = door.reading()
    return render_template(
        "administration/units/unit_grant.html",
        unit=units.find(tx, unit_id),
        roles=grants.roles(tx),
        today=door.today(),
    )


@blueprint.post("/<int:unit_id>/grants")
@answers.shown_on(grant_form)
def grant(unit_id: int) -> Response:
    holder, first, last = picked_people.picked("holder_id"), forms.day_of("valid_from"), forms.maybe_day_of("valid_to")
    wanted = GrantForm(holder, forms.line_of("role"), unit_id, first, last)
    return granting.grant(wanted, "units.page", unit_id=unit_id)


@blueprint.get("/import")
def importing() -> str:
    return render_template("administration/units/units_import.html")


@blueprint.post("/import")
@answers.shown_on(importing)
def take_in() -> Response:
    name, content = forms.file_of("file")
    with door.writing() as tx:
        now = door.now_in(tx)
        imported = units.import_file(tx, content, name=name, person_id=door.visitor().person_id, now=now)
    return answers.redirect_done("imported", "units.index", about=str(imported.added + imported.changed))


def _cells(code: str) -> dict[str, str]:
    return {"code": code, **{name: forms.line_of(name) for name in CELLS}}
