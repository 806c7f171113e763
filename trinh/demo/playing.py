"""The demonstration, played into an empty database: half a year of 2016 and the four weeks before 13 November 2017.

Knows the programme: who is brought in when, which movement is published, whose plans and nominations are played, where
the clock stands at the end. All in one transaction: it is loaded whole or not at all. Called by `running` and by
`trinh demo load`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from typing import Final

import yaml
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from trinh import composition, home
from trinh.demo import cast, nominations, plans, stage
from trinh.demo.days import Window
from trinh.demo.organisation import PLACE
from trinh.demo.people import DEMO_BEGINS_ON
from trinh.demo.shipped import DEFINITIONS, read_tree
from trinh.demo.stage import Part, Play, Stage
from trinh.settings import Settings
from trinh.terminal import Terminal
from workers.letters.posting import Post
from workflow import (
    business_time,
    calendars,
    obligations,
    passwords,
    people,
    publishing,
    shipping,
    substitutions,
)
from workflow.blobs import Blobs
from workflow.errors import NotAllowed
from workflow.machine.calendars import MORNING, Calendar
from workflow.storage import migrating
from workflow.storage.session import Database, Tx
from workflow.substitutions import SubstitutionForm

SEED: Final = 117
EARLIER: Final = "tai-lap-tinh-25-nam"
CURRENT: Final = "nguoi-ngheo-2016-2020"
MILESTONE: Final = "plans"

BEFORE: Final = datetime(2016, 9, 12, 0, 30, tzinfo=UTC)
CURTAIN: Final = date(2016, 9, 12)
EARLIER_DAYS: Final = Window(date(2016, 9, 14), date(2016, 10, 12))
NEW_YEAR: Final = date(2017, 1, 3)
ISSUED: Final = date(2017, 10, 16)
ENACTED: Final = time(7, 30)
"""Rules are in force before the first case they rule is opened."""
CURRENT_DAYS: Final = Window(date(2017, 10, 17), date(2017, 11, 10))
DRAFTED: Final = date(2017, 11, 9)
AWAY: Final = Window(date(2017, 11, 20), date(2017, 11, 25))
TAKERS: Final = 8
"""How many of those invited take the invitation up."""

EARLIER_RULES: Final = (
    ("basis: 117/KH-UBND, 16/10/2017 ", "basis: 88/KH-UBND, 12/9/2016 (văn bản giả định) "),
    ("# 15/11/2017 excluded", "# 15/10/2016 excluded"),
    ("turn: {who: officer, due: 2 wd, late: reviewer}", "turn: {who: officer, due: 3 wd, late: reviewer}"),
)
"""What the rules of plans said before those that ship: under the plan of the movement that is over."""

DRAFT_CHANGES: Final = (
    ("basis: 117/KH-UBND, 16/10/2017 ", "basis: 117/KH-UBND, 16/10/2017; Công văn 512/SNV-TĐKT (văn bản giả định) "),
    ("turn: {who: officer, due: 2 wd, late: reviewer}", "turn: {who: officer, due: 1 wd, late: reviewer}"),
    ("{label: Tiếp nhận | Receive, to: review}", "{label: Tiếp nhận và ghi sổ | Receive and register, to: review}"),
)
"""What an administrator proposes to change in the rules of plans; a second one may publish it."""

EARLIER_SHARE: Final = 0.1
Tell = Callable[[float], None]
"""Told how much of the play is over, from 0 to 1."""


def prepare(terminal: Terminal, database: Database) -> None:
    """Load the demonstration into an empty database; a loaded one only learns of another password."""
    settings = terminal.settings
    with database.reading() as tx:
        is_loaded, is_empty = business_time.is_demo(tx), shipping.is_all_there_is(tx)
        is_shipped = bool(publishing.versions(tx))
    if is_loaded:
        keep_password(settings, database)
        return
    if not is_empty:
        raise NotAllowed("demo_needs_empty_database")
    if is_shipped:
        # `trinh migrate` ships at the time of the machine, and what is published stays as it is: only anew can the
        # demonstration ship it on the days of its own clock.
        migrating.rebuild(settings.database)
    with _bar(terminal) as tell:
        load(
            database,
            composition.blobs_of(settings),
            seed=SEED,
            password=password_of(settings),
            post=Post(composition.base_url_of(settings)),
            tell=tell,
        )


def password_of(settings: Settings) -> str:
    """The password of all accounts: the operator's, else one made once and kept in the home."""
    given = settings.demo_password
    return given.get_secret_value() if given is not None else home.demo_password(settings.home)


def keep_password(settings: Settings, database: Database) -> None:
    """Let a password that the operator set since the load be that of all accounts."""
    if settings.demo_password is None:
        return
    password = settings.demo_password.get_secret_value()
    with database.reading() as tx:
        everybody = people.listing(tx, limit=100_000)
        if people.has_password(tx, people.find_username(tx, "admin").id, password):
            return
    password_hash = passwords.hashed_as_given(password)
    with database.writing() as tx:
        now = business_time.read(tx)
        for person in everybody:
            people.set_password(tx, person.id, password_hash, person_id=None, now=now)


def load(database: Database, blobs: Blobs, *, seed: int, password: str, post: Post, tell: Tell) -> None:
    """Play everything into an empty database, the same for the same seed."""
    password_hash = passwords.hashed_as_given(password)
    papers = stage.stored_papers(blobs)
    with database.writing() as tx:
        calendar = _open_house(tx)
        curtain = calendar.instant(CURTAIN, MORNING)
        seated = cast.seat(tx, seed=seed, password_hash=password_hash, now=curtain)
        scene = Stage(tx, papers, calendar, post, seated, now=curtain)
        _play_earlier(scene, seed=seed, tell=tell)
        _play_current(scene, seed=seed, tell=tell)
        business_time.move_to(tx, scene.now, person_id=None)
        # Everything that was left to do has been done: nobody need be rung.
        tx.rung.clear()
    tell(1.0)


def _open_house(tx: Tx) -> Calendar:
    """Make the database a demonstration whose clock stands before the first day, and bring in what ships."""
    business_time.mark_demo(tx, starts_at=BEFORE)
    folder = composition.definitions_folder()
    shipping.ship_words(tx, folder, now=BEFORE)
    _enact_earlier(tx, folder)
    cast.import_units(tx, now=BEFORE)
    cast.import_successors(tx, now=BEFORE)
    _import_movement(tx, EARLIER, now=BEFORE)
    return calendars.calendar_of(tx)


def _import_movement(tx: Tx, code: str, *, now: datetime) -> None:
    """Bring in one of the movements that ship, when it is issued: the rules it names are in force by then."""
    entries = [entry for entry in read_tree(DEFINITIONS, PLACE, "movement.yaml") if entry["movement"] == code]
    content = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False).encode()
    obligations.import_movement(tx, content, name="movement.yaml", person_id=None, now=now)


def _enact_earlier(tx: Tx, folder: Path) -> None:
    """Publish the rules of plans as they were before; what ships replaces them when the province issues its plan."""
    text = (folder / plans.DEFINITION / "v1.yaml").read_text("utf-8")
    publishing.publish_shipped(tx, _changed(text, EARLIER_RULES), now=BEFORE, path=plans.DEFINITION)


def _changed(text: str, changes: Sequence[tuple[str, str]]) -> str:
    for old, new in changes:
        text = replaced_once(text, old, new)
    return text


def _play_earlier(scene: Stage, *, seed: int, tell: Tell) -> None:
    """Play the movement that is over: its plans were acknowledged, and archived when it ended."""
    codes = _publish(scene, EARLIER)
    parts = []
    for unit, code in codes.items():
        part = Part(scene.cast.rows[unit], _chance(seed, EARLIER, unit), code=code)
        parts.append(plans.played(scene, part, plans.STRAIGHT, ending="acknowledged", window=EARLIER_DAYS))
    scene.play(parts, until=scene.calendar.instant(NEW_YEAR, MORNING), tell=lambda _: None)
    cast.import_units(scene.tx, now=scene.now)
    scene.let_pass(scene.calendar.instant(ISSUED, ENACTED))
    shipping.ship(scene.tx, composition.definitions_folder(), now=scene.now)
    _import_movement(scene.tx, CURRENT, now=scene.now)
    scene.let_pass(scene.calendar.instant(ISSUED, MORNING))
    tell(EARLIER_SHARE)


def _play_current(scene: Stage, *, seed: int, tell: Tell) -> None:
    """Play the four weeks after the plan of the province: plans and nominations, up to where visitors come in."""
    begins, ends = scene.now, scene.calendar.instant(DEMO_BEGINS_ON, MORNING)

    def tell_day(now: datetime) -> None:
        tell(EARLIER_SHARE + (1 - EARLIER_SHARE) * ((now - begins) / (ends - begins)))

    codes = _publish(scene, CURRENT)
    codes |= _take_up_invitations(scene, _chance(seed, "invitations"))
    parts = [*_plans(scene, codes, seed=seed), *_nominations(scene, list(codes), seed=seed), _administration(scene)]
    scene.play(parts, until=ends, tell=tell_day)


def _publish(scene: Stage, movement: str) -> dict[str, str]:
    """Publish a movement as an administrator, and answer the codes of its plans by the codes of their units."""
    admin = scene.cast.accounts["admin"]
    for _ in obligations.publish_movement(scene.tx, movement, person_id=admin, now=scene.now):
        pass
    scene.do_jobs()
    board = obligations.board(scene.tx, movement, person_id=admin, now=scene.now)
    cells = [cell.row for row in board.rows for cell in row.cells.values()]
    return {row.unit_code: row.case_code for row in cells if row.case_code is not None}


def _take_up_invitations(scene: Stage, chance: Random) -> dict[str, str]:
    """Let some of the enterprises that are invited take up the movement."""
    enterprises = sorted(code for code, unit in scene.cast.rows.items() if unit.kind == "enterprise")
    return {
        code: obligations.accept(
            scene.tx,
            CURRENT,
            milestone=MILESTONE,
            unit_id=scene.cast.units[code],
            person_id=scene.cast.at("unit_clerk", scene.cast.rows[code], chance=chance),
            now=scene.now,
        )
        for code in sorted(chance.sample(enterprises, TAKERS))
    }


def _plans(scene: Stage, codes: Mapping[str, str], *, seed: int) -> Iterator[Play]:
    units = [scene.cast.rows[code] for code in sorted(codes)]
    for code, ending in plans.endings(_chance(seed, "endings"), units).items():
        unit = scene.cast.rows[code]
        part = Part(unit, _chance(seed, CURRENT, code), code=codes[code])
        journey = plans.drawn_journey(part.chance, unit, ending=ending)
        yield plans.played(scene, part, journey, ending=ending, window=CURRENT_DAYS)


def _nominations(scene: Stage, codes: Sequence[str], *, seed: int) -> Iterator[Play]:
    movement = obligations.find(scene.tx, CURRENT).id
    units = [scene.cast.rows[code] for code in sorted(codes)]
    for place, (unit, ending) in enumerate(nominations.cases(_chance(seed, "nominations"), units)):
        part = Part(unit, _chance(seed, "nomination", f"{place}"), movement=movement)
        yield nominations.played(scene, part, ending=ending, window=CURRENT_DAYS)


def _administration(scene: Stage) -> Play:
    """Let the chairman appoint a deputy for a journey, and an administrator draft another version of a definition."""
    yield scene.calendar.instant(DRAFTED, time(9, 30))
    form = SubstitutionForm(
        scene.cast.accounts["chairman"],
        scene.cast.accounts["vicechairman"],
        capacity="KT",
        paper="Thông báo số 145/TB-UBND ngày 09/11/2017 (văn bản giả định)",
        valid_from=AWAY.first,
        valid_to=AWAY.last,
    )
    substitutions.appoint(scene.tx, form, person_id=scene.cast.accounts["chairman"], now=scene.now)
    yield scene.calendar.instant(DRAFTED, time(15, 10))
    text = _changed(publishing.current(scene.tx, plans.DEFINITION).text, DRAFT_CHANGES)
    admin = scene.cast.accounts["admin"]
    publishing.save_draft(scene.tx, plans.DEFINITION, text, person_id=admin, now=scene.now, seen=None)


def replaced_once(text: str, old: str, new: str) -> str:
    """Replace what stands in a text exactly once. Raises `LookupError` when it does not."""
    if text.count(old) != 1:
        raise LookupError(old)
    return text.replace(old, new)


def _chance(seed: int, *about: str) -> Random:
    """A source of chance for one thing, so that playing another thing differently leaves it as it is."""
    return Random("/".join((str(seed), *about)))  # noqa: S311 - for a demonstration, not for secrets


@contextmanager
def _bar(terminal: Terminal) -> Iterator[Tell]:
    """Show how much of the play is over."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console()) as progress:
        task = progress.add_task(terminal.sentence("demo_loading"), total=1.0)
        yield lambda share: progress.update(task, completed=share)
