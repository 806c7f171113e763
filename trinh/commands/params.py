"""`trinh params`: the figures that regulations set, by regime, province and movement, in the operator's name.

Reads arguments, calls one verb each; every edit is in the record of administrators' acts.
"""

from datetime import datetime

import click

from trinh import record
from trinh.terminal import Terminal
from workflow import calendars
from workflow.definitions import FigureForm, parameters, wording
from workflow.exchange import as_figure
from workflow.installation import business_time
from workflow.storage.queries.figures import FigureView
from workflow.values import Refusal

_day = click.DateTime(["%Y-%m-%d"])
_HEADINGS = ("figure", "layer", "param", "keys", "value", "from", "until", "source", "")


class ParamName(click.ParamType[tuple[str, str]]):
    """A param of a definition, written `council_session.threshold`."""

    name = "definition.param"

    def convert(
        self, value: tuple[str, str] | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        definition, dot, name = value.partition(".") if isinstance(value, str) else (value[0], ".", value[1])
        if not (definition and dot and name):
            self.fail(f"{value!r}: DEFINITION.PARAM, like council_session.threshold", param, ctx)
        return definition, name


@click.group("params")
def params_group() -> None:
    """See and set the figures that regulations set."""


@params_group.command("list")
@click.argument("definition", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def list_params(terminal: Terminal, definition: str | None, form: str) -> None:
    """List regimes, and every figure set for them, the province or a movement."""
    with record.opened(terminal.settings) as database, database.reading() as tx:
        regimes = parameters.regimes(tx)
        figures = [(figure, parameters.fits(tx, figure)) for figure in parameters.every(tx, definition)]
    if form == "json":
        shown = [{**figure._asdict(), "fits": fits} for figure, fits in figures]
        terminal.as_json({"regimes": [regime._asdict() for regime in regimes], "figures": shown})
        return
    rows = [
        (
            regime.code,
            regime.title_vi if terminal.language == "vi" else regime.title_en,
            regime.valid_from,
            regime.valid_to,
            regime.source,
        )
        for regime in regimes
    ]
    terminal.rows(("regime", "title", "from", "until", "source"), rows)
    terminal.rows(_HEADINGS, [_row(terminal, figure, fits=fits) for figure, fits in figures])


def _row(terminal: Terminal, figure: FigureView, *, fits: bool) -> tuple[object, ...]:
    layer = figure.movement or figure.regime or figure.layer
    note = "" if fits else terminal.sentence("figure_does_not_fit")
    name, keys = f"{figure.definition}.{figure.param}", " · ".join(figure.keys)
    return figure.id, layer, name, keys, figure.value, figure.valid_from, figure.valid_to, figure.source, note


@params_group.command("set")
@click.argument("name", type=ParamName(), metavar="DEFINITION.PARAM")
@click.argument("value")
@click.option("--source", required=True, help="Where it is written.")
@click.option(
    "--key", "keys", multiple=True, metavar="KEY", help="For which keys, in their order; else where none fits."
)
@click.option("--movement", metavar="CODE", help="For cases of a movement only; else for the whole province.")
@click.option("--regime", metavar="CODE", help="For cases opened under a regime.")
@click.option("--from", "valid_from", type=_day, help="The first day; from the beginning if not given.")
@click.option("--until", "valid_to", type=_day, help="The last day.")
@click.pass_obj
def set_param(
    terminal: Terminal,
    name: tuple[str, str],
    value: str,
    *,
    source: str,
    keys: tuple[str, ...],
    movement: str | None,
    regime: str | None,
    valid_from: datetime | None,
    valid_to: datetime | None,
) -> None:
    """Set a figure for cases opened from now on; open cases keep what they pinned.

    A movement goes before the province, the province before the regime, the regime before the definition.
    """
    if movement and regime:
        terminal.wrong("one_layer")
    days = (valid_from.date() if valid_from else None, valid_to.date() if valid_to else None)
    form = FigureForm(*name, as_figure(value), source, keys, movement, regime, *days)
    with record.opened(terminal.settings) as database, database.writing() as tx:
        answer = parameters.put(tx, form, person_id=None, now=business_time.read(tx))
    if isinstance(answer, Refusal):
        reasons = " ".join(wording.sentence(reason, language=terminal.language) for reason in answer.reasons)
        terminal.fail("refused", reasons=reasons)
    terminal.say("figure_set", figure=answer, name=".".join(name))


@params_group.command("end")
@click.argument("figure", type=int)
@click.option("--on", "on_date", type=_day, help="The last day on which it counts; today if not given.")
@click.pass_obj
def end_figure(terminal: Terminal, figure: int, on_date: datetime | None) -> None:
    """End a figure (its number is in `trinh params list`)."""
    with record.opened(terminal.settings) as database, database.writing() as tx:
        now = business_time.read(tx)
        day = on_date.date() if on_date else calendars.local_date(tx, now)
        parameters.end(tx, figure, on_date=day, person_id=None, now=now)
    terminal.say("figure_ended", figure=figure)
