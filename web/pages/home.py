"""My turn: everything that waits for the visitor, and nothing else."""

from flask import Blueprint, render_template, request

from web import door
from workflow.cases import assignments

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def my_turn() -> str:
    after = request.args.get("after")
    turns = assignments.my_turn(door.reading(), person_id=door.visitor().person_id, now=door.now(), after=after)
    return render_template("desk/home.html", turns=turns)
