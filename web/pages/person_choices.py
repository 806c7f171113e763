"""People to choose from, as their name, unit or office is typed: names and offices only."""

from collections.abc import Collection

from flask import Blueprint, render_template, request

from web import door, picked_people
from workflow import cases

blueprint = Blueprint("person_choices", __name__, url_prefix="/people")


@blueprint.get("/choices/<name>")
def page(name: str) -> str:
    words, code = request.args.get(f"{name}.words", ""), request.args.get("case")
    people = picked_people.matching(words, _colleagues(code) if code else None)
    return render_template("people/choices.html", name=name, words=words, people=people)


def _colleagues(code: str) -> Collection[int]:
    """The people to whom the visitor may hand the turn of a case."""
    view = cases.view(door.reading(), code, person_id=door.visitor().person_id, now=door.now())
    return view.sharing.may_assign
