"""People to choose from, as their name, unit or office is typed: names and offices only."""

from flask import Blueprint, render_template, request

from web import picked_people

blueprint = Blueprint("person_choices", __name__, url_prefix="/people")


@blueprint.get("/choices/<name>")
def page(name: str) -> str:
    words = request.args.get(f"{name}.words", "")
    return render_template("people/choices.html", name=name, words=words, people=picked_people.matching(words))
