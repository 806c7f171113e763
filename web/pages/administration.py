"""The administrator's front page: where everything of the installation is kept."""

from flask import Blueprint, render_template

from web import door
from workflow import access

blueprint = Blueprint("administration", __name__, url_prefix="/admin")


@blueprint.get("")
def index() -> str:
    access.require_reader(door.reading(), door.visitor().person_id, door.now())
    return render_template("administration.html")
