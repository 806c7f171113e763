"""The queue: everything that waits for the visitor, and nothing else."""

from flask import Blueprint, render_template

from web import own_desk

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def my_turn() -> str:
    return render_template("desk/queue.html", desk=own_desk.of_visitor())
