"""`trinh definitions draw|explain`: a definition as a picture to pin up, and as prose to agree to.

Knows where the result goes; the machine words the prose and lays out the picture.
"""

from pathlib import Path
from typing import get_args

import click

from trinh import definition_files
from trinh.terminal import Terminal
from workflow.catalogue import Language
from workflow.machine.definition import Definition
from workflow.machine.drawing import Languages, diagram
from workflow.machine.explaining import prose
from workflow.machine.loading import loader
from workflow.machine.words import NamingContext

_output = click.option("-o", "--output", type=definition_files.NEW_FILE, help="Write here, not on standard output.")


@click.command()
@click.argument("file", type=definition_files.FILE)
@_output
@click.option(
    "--lang", "language", type=click.Choice(get_args(Languages)), help="Of the drawing; both: one above the other."
)
@click.pass_obj
def draw(terminal: Terminal, file: Path, *, output: Path | None, language: Languages | None) -> None:
    """Draw a definition as SVG: states with whose turn and by when, arrows with who takes them."""
    labels = definition_files.role_labels()
    picture = diagram.draw(_load(terminal, file), language=language or terminal.language, labels=labels)
    _put(terminal, picture, output, said="drawn")


@click.command()
@click.argument("file", type=definition_files.FILE)
@_output
@click.option("--lang", "language", type=click.Choice(get_args(Language)), help="Of the prose.")
@click.pass_obj
def explain(terminal: Terminal, file: Path, *, output: Path | None, language: Language | None) -> None:
    """Tell the rules of a definition as prose and tables (Markdown), for those who must agree to them."""
    context = NamingContext(definition_files.family_of([file]), definition_files.role_labels())
    told = prose.explain(_load(terminal, file), language=language or terminal.language, context=context)
    _put(terminal, told.rstrip(), output, said="explained")


def _load(terminal: Terminal, file: Path) -> Definition:
    return loader.load(definition_files.read(terminal, file), path=str(file))


def _put(terminal: Terminal, text: str, output: Path | None, *, said: str) -> None:
    if output is None:
        click.echo(text)
        return
    output.write_text(f"{text}\n", "utf-8")
    terminal.say(said, path=output)
