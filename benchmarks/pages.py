"""Whole requests beside a bare application's over the same rows: an act, a case, my turn, the list of cases.

Ours go through door, session, snapshot, rules, language and templates; what the bare ones do stands in `bare`. Both are
asked in this process by Werkzeug's client, one connection each; pages on SQLite, so that Python is what is measured,
acts on both databases, each commit on the disk. The collector is frozen as the servers do it.
"""

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from time import perf_counter
from typing import Final

from flask.testing import FlaskClient
from sqlalchemy import select

from benchmarks import bare
from benchmarks.measuring import Figure, Pair, in_turns, percentile
from benchmarks.stages import KINDS
from tests.support import site as sites
from tests.support.site import Site, Visitor
from tests.support.small_province import NOW, Stage
from workflow import cases
from workflow.storage.models import SessionRow
from workflow.storage.session import Database

ASKED: Final = 400
CLERK, HEAD = "cucphuong.clerk", "cucphuong.head"
FORM: Final = {
    "f.targets.0.indicator": "Số hộ thoát nghèo",
    "f.targets.0.target": "1.234,5",
    "f.launch": "20/11/2017",
    "f.contact.name": "Trần Thị Lan",
}
COMMENT: Final = {"rewrite.comment": "Mục 2 chưa nêu số hộ thoát nghèo của từng thôn."}
Ask = Callable[[], bytes]


def measure() -> Iterator[Figure]:
    """Measure how many requests a second each does, then how even pages are."""
    for kind in KINDS:
        with _site(kind) as site:
            yield _figure(f"POST that acts, whole request, {kind}", _acts(site), must=0.4, aim=0.6)
    with _site("sqlite") as site:
        visitor = site.visitor(CLERK)
        plain, _ = _plain(site.database)
        code = _course(site)
        for work, ours, theirs in (
            (f"my turn, {bare.ROWS} rows", "/", "/turns"),
            (f"list of cases, {bare.ROWS} rows", "/cases", "/cases"),
            ("case with a history of 10 entries", f"/cases/{code}", f"/cases/{code}"),
        ):
            page, reference = _page(visitor.client, ours), _page(plain, theirs)
            yield _figure(work, in_turns(page, reference), must=0.45, aim=0.7)
        times = _times(_page(visitor.client, "/"))
        yield Figure(
            "my turn, p99 / p50",
            percentile(times, 0.99) / percentile(times, 0.5),
            "×",
            must=4,
            aim=2.5,
            better="less",
            beside=f"p50 {percentile(times, 0.5) * 1e3:.1f} ms",
        )


def _figure(work: str, pair: Pair, *, must: float, aim: float) -> Figure:
    beside = f"{pair.ours:,.0f}/s beside {pair.reference:,.0f}/s"
    return Figure(f"{work}, beside a bare one", pair.ratio, "×", must=must, aim=aim, beside=beside)


def _page(client: FlaskClient, path: str) -> Ask:
    def ask() -> bytes:
        answer = client.get(path, buffered=True)
        assert answer.status_code == 200, path
        return answer.data

    return ask


def _acts(site: Site) -> Pair:
    """Send a plan up and back down for ever, as its clerk and its head; beside it a row of its own for the bare one."""
    codes = [_open(site.database, site.stage) for _ in range(2)]
    visitors = {name: site.visitor(name) for name in (CLERK, HEAD)}
    visitors[CLERK].press(f"/cases/{codes[0]}", f"/cases/{codes[0]}/actions/begin")
    keys = count(1)
    plain, csrf = _plain(site.database)
    steps = cycle(
        [
            (visitors[CLERK].client, "send", {**FORM, "form_token": visitors[CLERK].token()}),
            (visitors[HEAD].client, "rewrite", {**COMMENT, "form_token": visitors[HEAD].token()}),
        ]
    )

    def act() -> None:
        client, action, typed = next(steps)
        form = {**typed, "request_key": f"ours:{next(keys)}"}
        answer = client.post(f"/cases/{codes[0]}/actions/{action}", data=form, content_type="multipart/form-data")
        assert answer.status_code == 303, answer.text

    def act_plainly() -> None:
        form = {**FORM, "request_key": f"plain:{next(keys)}", "form_token": csrf}
        answer = plain.post(f"/cases/{codes[1]}", data=form, content_type="multipart/form-data")
        assert answer.status_code == 303

    return in_turns(act, act_plainly)


def _course(site: Site) -> str:
    """Take a plan up and back down until its history has ten entries; it waits for its clerk."""
    code = _open(site.database, site.stage)
    clerk, head = site.visitor(CLERK), site.visitor(HEAD)
    path = f"/cases/{code}"
    clerk.press(path, f"{path}/actions/begin")
    for _ in range(4):
        _press(clerk, path, "send", FORM)
        _press(head, path, "rewrite", COMMENT)
    return code


def _press(visitor: Visitor, path: str, action: str, typed: dict[str, str]) -> None:
    form = {**typed, "form_token": visitor.token()}
    assert visitor.client.post(f"{path}/actions/{action}", data=form).status_code == 303


def _plain(database: Database) -> tuple[FlaskClient, str]:
    """A browser before the bare application, in a session that somebody has begun, and the token of its forms."""
    with database.reading() as tx:
        session = tx.connection.execute(select(SessionRow.token_hash, SessionRow.csrf).limit(1)).one()
    client = bare.application(database).test_client()
    client.set_cookie(bare.COOKIE, session.token_hash)
    return client, session.csrf


def _times(page: Ask) -> list[float]:
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
def _site(kind: str) -> Iterator[Site]:
    with KINDS[kind]() as url, tempfile.TemporaryDirectory(prefix="trinh-b-") as folder:
        built = sites.build(url)
        site = Site(url, Path(folder), built)
        for _ in range(bare.ROWS):
            _open(site.database, built)
        yield site
        site.close()


def _open(database: Database, built: Stage) -> str:
    with database.writing() as tx:
        opened = cases.open_case(tx, "unit_plan", unit_id=built.units["14437"], person_id=None, now=NOW)
    assert isinstance(opened, cases.Acted)
    return opened.case.code
