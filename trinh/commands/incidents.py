"""`trinh incidents`: what is stuck, and trying it again. Knows parked jobs and nothing of what they do."""

import click

from trinh import record
from trinh.terminal import FOUND_FAULTS, Terminal
from workflow.deadlines import jobs


@click.group()
def incidents() -> None:
    """See what is stuck, and try it again."""


@incidents.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def list_(terminal: Terminal, form: str) -> None:
    """List the jobs that were given up after their last try. Exit code 1 if there are any."""
    with record.opened(terminal.settings) as database, database.reading() as tx:
        stuck = jobs.parked(tx)
    if form == "json":
        terminal.as_json([row._asdict() for row in stuck])
    elif stuck:
        terminal.rows(
            ("id", "kind", "tries", "error"), [(row.id, row.kind, row.tries, row.last_error) for row in stuck]
        )
    else:
        terminal.say("no_incidents")
    if stuck:
        raise SystemExit(FOUND_FAULTS)


@incidents.command()
@click.argument("job", type=int)
@click.pass_obj
def retry(terminal: Terminal, job: int) -> None:
    """Try a stuck job again from the beginning."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        was_parked = jobs.retry(tx, job)
    if not was_parked:
        terminal.wrong("job_unknown", job=job)
    terminal.say("retried", job=job)
