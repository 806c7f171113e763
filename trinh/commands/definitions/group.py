"""`trinh definitions`: what can be done with a definition; each command stands in a module of this package."""

from typing import Final

import click

from trinh.groups import Entry, LazyGroup

COMMANDS: Final = {
    "draw": Entry(
        "trinh.commands.definitions.told:draw",
        "Draw a definition as SVG: states with whose turn and by when, arrows with who takes them.",
    ),
    "explain": Entry(
        "trinh.commands.definitions.told:explain",
        "Tell the rules of a definition as prose and tables (Markdown), for those who must agree to them.",
    ),
    "list": Entry(
        "trinh.commands.definitions.recorded:list_",
        "List the published versions; the current one of each definition is what new cases use.",
    ),
    "play": Entry(
        "trinh.commands.definitions.played:play",
        "Play a definition: act as its people, move the clock, keep the run as a walk.",
    ),
    "publish": Entry(
        "trinh.commands.definitions.recorded:publish",
        "Publish a file as the next version: new cases use it, open ones keep theirs.",
    ),
    "test": Entry(
        "trinh.commands.definitions.walked:test",
        "Play the walks beside definitions (walks.yaml); without a file, those of all definitions that ship.",
    ),
    "verify": Entry(
        "trinh.commands.definitions.verified:verify",
        "Say everything that is wrong or doubtful about definitions, with its line.",
    ),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def definitions() -> None:
    """Check, publish, test, play, draw and explain definitions."""
