"""`trinh units` and `movements`: the organisation from the command line, in the operator's name.

Reads files and arguments, calls one verb each; every edit is in the record of administrators' acts.
"""

from pathlib import Path

import click

from trinh import record
from trinh.terminal import FOUND_FAULTS, Terminal
from workflow.exchange import FaultyFile
from workflow.installation import business_time
from workflow.movements import obligations
from workflow.organisation import units

_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_form = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group("units")
def units_group() -> None:
    """Import the units of the organisation."""


@units_group.command("import")
@click.argument("file", type=_file)
@click.option("--dry-run", is_flag=True, help="Only say what is wrong with the file.")
@_form
@click.pass_obj
def import_units(terminal: Terminal, file: Path, *, dry_run: bool, form: str) -> None:
    """Import units from CSV (UTF-8) or Excel. Every fault is listed with its row; then nothing is imported."""
    try:
        with record.opened(terminal.settings) as database, database.writing() as tx:
            rows = units.read_file(tx, file.read_bytes(), name=str(file))
            if dry_run:
                terminal.say("units_fine", count=len(rows))
                return
            done = units.import_rows(tx, rows, person_id=None, now=business_time.read(tx))
    except FaultyFile as faulty:
        _tell_faults(terminal, faulty, form=form)
        raise SystemExit(FOUND_FAULTS) from faulty
    terminal.say("units_imported", added=done.added, changed=done.changed)


@click.group("movements")
def movements_group() -> None:
    """Import movements and publish them."""


@movements_group.command("import")
@click.argument("file", type=_file)
@click.pass_obj
def import_movements(terminal: Terminal, file: Path) -> None:
    """Import movements from YAML. They can be imported again, changed, until they are published."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        codes = obligations.import_movement(
            tx, file.read_bytes(), name=str(file), person_id=None, now=business_time.read(tx)
        )
    terminal.say("movements_imported", codes=", ".join(codes))


@movements_group.command("publish")
@click.argument("code")
@click.pass_obj
def publish_movement(terminal: Terminal, code: str) -> None:
    """Publish a movement: a case is opened for each unit that owes one."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        *_, last = obligations.publish_movement(tx, code, person_id=None, now=business_time.read(tx))
    terminal.say("movement_announced", code=code, opened=last.opened)


def _tell_faults(terminal: Terminal, faulty: FaultyFile, *, form: str) -> None:
    if form == "json":
        said = [
            {
                "row": fault.row,
                "column": fault.column,
                "code": fault.code,
                "sentence": {
                    "vi": fault.line("vi"),
                    "en": fault.line("en"),
                },
            }
            for fault in faulty.faults
        ]
        terminal.as_json(said)
        return
    for fault in faulty.faults:
        terminal.warn(f"{faulty.name}: {fault.line(terminal.language)}")
    terminal.warn(terminal.sentence("nothing_imported", count=len(faulty.faults)))
