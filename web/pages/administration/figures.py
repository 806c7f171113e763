"""Figures that regulations set: regimes, and for every param what the definition says and what is set over it.

Nothing is changed here: the command `trinh params` sets them, in the operator's name.
"""

from flask import Blueprint, render_template

from web import door
from workflow.definitions import parameters

blueprint = Blueprint("figures", __name__, url_prefix="/admin/figures")
blueprint.before_request(door.readers_only)


@blueprint.get("")
def page() -> str:
    tx = door.reading()
    figures, regimes = parameters.by_definition(tx), parameters.regimes(tx)
    return render_template(
        "administration/definitions/figures.html", figures=figures, regimes=regimes, today=door.today()
    )
