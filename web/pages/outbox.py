"""The outbox: letters as they were sent, or would have been where no mail server is connected."""

from flask import Blueprint, abort, render_template, request

from web import door
from workflow import access, notices

blueprint = Blueprint("outbox", __name__, url_prefix="/admin/outbox")
PAGE = 50


@blueprint.before_request
def readers_only() -> None:
    access.require_reader(door.reading(), door.visitor().person_id, door.now())


@blueprint.get("")
def index() -> str:
    letters = notices.letters(door.reading(), before=request.args.get("before", type=int), limit=PAGE)
    leave = door.house().settings.letters_leave
    return render_template("outbox.html", letters=letters, more=len(letters) == PAGE, letters_leave=leave)


@blueprint.get("/<int:letter_id>")
def letter(letter_id: int) -> str:
    found = notices.letter(door.reading(), letter_id)
    if found is None:
        abort(404)
    return render_template("letter.html", letter=found)
