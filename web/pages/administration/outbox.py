"""The outbox: letters as they were sent, or would have been where no mail server is connected."""

from flask import Blueprint, abort, render_template

from web import door, forms
from workflow.deadlines import notices

blueprint = Blueprint("outbox", __name__, url_prefix="/admin/outbox")
blueprint.before_request(door.readers_only)
PAGE = 50


@blueprint.get("")
def index() -> str:
    letters = notices.letters(door.reading(), before=forms.asked_number("before"), limit=PAGE)
    leave = door.services().settings.letters_leave
    return render_template(
        "administration/outbox.html", letters=letters, more=len(letters) == PAGE, letters_leave=leave
    )


@blueprint.get("/<int:letter_id>")
def letter(letter_id: int) -> str:
    row = notices.letter(door.reading(), letter_id)
    if row is None:
        abort(404)
    return render_template("administration/letter.html", letter=row)
