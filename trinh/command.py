"""The command `trinh`: one entry for operators, with a group of commands for each thing they look after.

Reads the settings, chooses the language and turns errors into sentences and exit codes: 0 fine, 1 found faults, 2 wrong
use. What a command does stands in `trinh.commands`.
"""

from typing import Any, get_args

import click
from pydantic import ValidationError

from trinh import sentences
from trinh.commands import audit, definitions, demo, incidents, organisation, params, processes
from trinh.settings import Settings
from trinh.terminal import Ended, Language, Terminal, ended
from workflow.errors import WorkflowError


class Commands(click.Group):
    """A group whose commands never end in a traceback for what the engine has a name for."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except WorkflowError as error:
            raise ended(error, language=ctx.params["lang"]) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--lang", type=click.Choice(get_args(Language)), default="en", show_default=True, help="Language of what is said."
)
@click.version_option(package_name="trinh", prog_name="trinh")
@click.pass_context
def trinh(ctx: click.Context, lang: Language) -> None:
    """Trình: workflow and approvals, self-hosted.

    Settings come from the environment: PORT, TRINH_HOME, TRINH_DATABASE_URL, TRINH_REDIS_URL, TRINH_SECRET_KEY and
    those in the README. Exit codes: 0 fine, 1 found faults, 2 wrong use.
    """
    ctx.obj = Terminal(_settings(lang), lang)


def main() -> None:
    """Run the command that the process was called with."""
    trinh(prog_name="trinh")


def _settings(language: Language) -> Settings:
    try:
        return Settings()
    except ValidationError as faults:
        template: str = getattr(sentences.SENTENCES["setting_wrong"], language)
        said = [template.format(name=_variable(fault["loc"]), problem=fault["msg"]) for fault in faults.errors()]
        raise Ended("\n".join(said)) from None


def _variable(place: tuple[int | str, ...]) -> str:
    name = str(place[0]).upper()
    return name if name == "PORT" else f"TRINH_{name}"


for _commands in (processes, definitions, organisation, params, audit, incidents, demo):
    for _command in _commands.COMMANDS:
        trinh.add_command(_command)
