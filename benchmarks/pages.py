"""My turn as a page: fifty rows through door, session, snapshot, language and templates, beside the same rows bare.

The bare page is Flask, one SQLAlchemy Core query and a template of a table, for anybody who comes by. Both are asked in
this process by Werkzeug's client, one connection, on SQLite; the collector is frozen as the servers do it.
"""

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

from flask import Flask, render_template_string
from sqlalchemy import select

from benchmarks.measuring import Figure, in_turns, percentile
from tests.verbs.stage import NOW, Stage
from tests.web import site as sites
from tests.web.site import Site
from workflow import cases
from workflow.storage.migrating import migrate
from workflow.storage.models import AssignmentRow, CaseRow, Unit
from workflow.storage.session import Database

ROWS: Final = 50
ASKED: Final = 400
BARE = """<!doctype html><title>My turn</title><table>{% for row in rows %}
<tr><td><a href="/cases/{{ row.code }}">{{ row.code }}</a><td>{{ row.title }}<td>{{ row.name }}<td>{{ row.state }}
<td>{{ row.opened_at }}<td>{{ row.due_at }}</tr>{% endfor %}</table>"""
QUERY = (
    select(
        CaseRow.code, CaseRow.title, Unit.name, CaseRow.state, AssignmentRow.opened_at, AssignmentRow.due_at,
    )
    .join(CaseRow, CaseRow.id == AssignmentRow.case_id)
    .join(Unit, Unit.id == CaseRow.unit_id)
    .where(AssignmentRow.closed_at.is_(None))
    .order_by(AssignmentRow.urgent_at, AssignmentRow.id)
    .limit(ROWS)
)  # fmt: skip


def measure() -> Iterator[Figure]:
    """Measure requests a second, then how even they are."""
    with _site() as site:
        visitor = site.visitor("cucphuong.clerk")
        bare = _bare(site.database).test_client()
        assert visitor.answer("/").text.count("KH-2017-") >= ROWS
        page = _asking(lambda: visitor.answer("/").data)
        found = in_turns(page, _asking(lambda: bare.get("/", buffered=True).data))
        yield Figure(
            f"my-turn page of {ROWS} rows, requests/s beside a bare page",
            found.ratio,
            "×",
            must=0.5,
            aim=0.8,
            beside=f"{found.ours:,.0f}/s beside {found.reference:,.0f}/s",
        )
        times = _times(page)
        yield Figure(
            "the same page, p99 / p50",
            percentile(times, 0.99) / percentile(times, 0.5),
            "×",
            must=4,
            aim=2.5,
            better="less",
            beside=f"p50 {percentile(times, 0.5) * 1e3:.1f} ms",
        )


def _asking(ask: Callable[[], bytes]) -> Callable[[], None]:
    def once() -> None:
        assert len(ask()) > ROWS

    return once


def _times(page: Callable[[], None]) -> list[float]:
    gc.collect()
    gc.freeze()
    times = []
    for _ in range(ASKED):
        begun = perf_counter()
        page()
        times.append(perf_counter() - begun)
    gc.unfreeze()
    return times


@contextmanager
def _site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="trinh-b-") as folder:
        url = f"sqlite:///{Path(folder) / 'site.sqlite3'}"
        migrate(url)
        built = sites.build(url)
        site = Site(url, Path(folder), built)
        _open_plans(site.database, built)
        yield site
        site.close()


def _open_plans(database: Database, built: Stage) -> None:
    for _ in range(ROWS):
        with database.writing() as tx:
            cases.open_case(tx, "unit_plan", unit_id=built.units["14437"], person_id=None, now=NOW)


def _bare(database: Database) -> Flask:
    app = Flask("bare")

    @app.get("/")
    def page() -> str:
        with database.engine.connect() as connection:
            return render_template_string(BARE, rows=connection.execute(QUERY).all())

    return app
