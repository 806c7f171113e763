"""The command `trinh`: one entry for operators, with a group of commands for each thing they look after.

Chooses the language and turns errors into sentences and exit codes: 0 fine, 1 found faults, 2 wrong use. What a
command does stands in `trinh.commands`; it is imported when it is run, and nothing of it before.
"""

from typing import Any, Final

import click

from trinh.groups import Entry, LazyGroup

COMMANDS: Final = {
    "audit": Entry("trinh.commands.audit:audit", "Verify the history, and sign checkpoints."),
    "definitions": Entry(
        "trinh.commands.definitions.group:definitions", "Check, publish, test, play, draw and explain definitions."
    ),
    "demo": Entry("trinh.commands.demo:demo", "The demonstration: Ninh Bình in November 2017, with invented people."),
    "grants": Entry("trinh.commands.accounts:grants_group", "Grant roles at units, end grants, list them."),
    "incidents": Entry("trinh.commands.incidents:incidents", "See what is stuck, and try it again."),
    "migrate": Entry(
        "trinh.commands.processes:migrate",
        "Bring the database to the tables of this release, and publish what ships into a new one.",
    ),
    "movements": Entry("trinh.commands.organisation:movements_group", "Import movements and publish them."),
    "params": Entry("trinh.commands.params:params_group", "See and set the figures that regulations set."),
    "people": Entry("trinh.commands.accounts:people_group", "Add people with accounts, let them in, list them."),
    "run": Entry("trinh.commands.processes:run", "Run everything in one process: database, pages, workers."),
    "units": Entry("trinh.commands.organisation:units_group", "Import the units of the organisation."),
    "web": Entry("trinh.commands.processes:web", "Serve the pages with several processes, behind a proxy."),
    "worker": Entry("trinh.commands.processes:worker", "Do the work that waits: letters, reminders, deadlines."),
}


class Commands(LazyGroup):
    """The group of all commands: it hands the command that runs its terminal, and turns its errors into sentences."""

    def invoke(self, ctx: click.Context) -> Any:
        from trinh.terminal import speaking  # noqa: PLC0415 -- imports the engine, which only a command that runs needs

        with speaking(ctx.params["lang"]) as ctx.obj:
            return super().invoke(ctx)


@click.group(
    cls=Commands,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="en", show_default=True, help="Language of what is said."
)
@click.version_option(package_name="trinh", prog_name="trinh")
def trinh(**_options: object) -> None:
    """Trình: workflow and approvals, self-hosted.

    Settings come from the environment: PORT, TRINH_HOME, TRINH_DATABASE_URL, TRINH_REDIS_URL, TRINH_SECRET_KEY and
    those in the README. Exit codes: 0 fine, 1 found faults, 2 wrong use.
    """


def main() -> None:
    """Run the command that the process was called with."""
    trinh(prog_name="trinh")
