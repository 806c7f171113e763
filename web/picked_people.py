"""Which person a form names: one chosen from a list, or the only one that matches what was typed."""

from collections.abc import Collection, Sequence

from flask import Flask

from web import door, forms
from workflow.errors import Invalid
from workflow.organisation import PersonMatch, people


def install(app: Flask) -> None:
    """Let templates show who matches what was typed."""
    app.add_template_global(matching, "people_found")


def matching(words: str, among: Collection[int] | None = None) -> Sequence[PersonMatch]:
    """The people who match words, of all or of some; nobody where there are none."""
    return people.search(door.reading(), words, now=door.now(), among=among) if words.strip() else ()


def picked(name: str, among: Collection[int] | None = None) -> int:
    """The person that a form names, of all or of some; raises `Invalid` where nobody or more than one matches."""
    chosen = forms.maybe_id_of(name)
    if chosen is not None:
        return chosen
    words = forms.line_of(f"{name}.words")
    if not words:
        raise Invalid("value_needed", field=name)
    matches = matching(words, among)
    if not matches:
        raise Invalid("nobody_matches", field=name)
    if len(matches) > 1:
        raise Invalid("several_match", field=name)
    return matches[0].id
