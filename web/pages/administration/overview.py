"""The administrator's front page: where everything of the installation is kept."""

from flask import Blueprint, render_template

from web import door

blueprint = Blueprint("administration", __name__, url_prefix="/admin")
blueprint.before_request(door.readers_only)


@blueprint.get("")
def index() -> str:
    return render_template("administration/overview.html")
