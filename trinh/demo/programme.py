"""The programme of the demonstration: what is played when, from September 2016 to the morning of 13 November 2017.

Knows who is brought in when, which movement is published, which families play in it and where the clock stands at the
end.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Final

import yaml

from trinh import definition_files
from trinh.demo import cast, rules
from trinh.demo.days import Window
from trinh.demo.families import central, commendations, complaints, merit, nominations, plans, reviews, simplified
from trinh.demo.moves import Cue
from trinh.demo.organisation import PLACE
from trinh.demo.people import DEMO_BEGINS_ON
from trinh.demo.shipped import DEFINITIONS, read_tree
from trinh.demo.stage import Play, Stage
from workers.letters.posting import Post
from workflow import calendars
from workflow.definitions import publishing
from workflow.documents import Stored
from workflow.installation import business_time, shipping
from workflow.machine.calendar import MORNING, Calendar
from workflow.movements import obligations
from workflow.organisation import SubstitutionForm, substitutions
from workflow.storage.session import Tx

EARLIER: Final = "tai-lap-tinh-25-nam"
CURRENT: Final = "nguoi-ngheo-2016-2020"
MILESTONE: Final = "plans"

BEFORE: Final = datetime(2016, 9, 12, 0, 30, tzinfo=UTC)
CURTAIN: Final = date(2016, 9, 12)
EARLIER_DAYS: Final = Window(date(2016, 9, 14), date(2016, 10, 12))
NEW_YEAR: Final = date(2017, 1, 3)
REVIEWED: Final = Window(date(2017, 1, 16), date(2017, 6, 30))
ISSUED: Final = date(2017, 10, 16)
ENACTED: Final = time(7, 30)
"""Early in the day, so that rules are in force before the first case under them is opened."""
CURRENT_DAYS: Final = Window(date(2017, 10, 17), date(2017, 11, 10))
DRAFTED: Final = date(2017, 11, 9)
AWAY: Final = Window(date(2017, 11, 20), date(2017, 11, 25))
TAKERS: Final = 8
"""How many of those invited take the invitation up."""

Tell = Callable[[float], None]
"""Told how much of the play is over, from 0 to 1."""
Family = Callable[[Stage, Cue], Iterable[Play]]

IN_2016: Final[tuple[Family, ...]] = (plans.earlier,)
IN_SPRING: Final[tuple[Family, ...]] = (reviews.earlier, merit.earlier)
IN_AUTUMN: Final[tuple[Family, ...]] = (
    plans.current,
    nominations.current,
    merit.current,
    reviews.current,
    complaints.current,
    commendations.current,
    simplified.current,
    central.current,
)
EARLIER_SHARE: Final = 0.2


def play(tx: Tx, papers: Mapping[str, Stored], post: Post, *, seed: int, password_hash: str, tell: Tell) -> None:
    """Play everything into an empty record, the same for the same seed."""
    calendar = _open_house(tx)
    curtain = calendar.instant(CURTAIN, MORNING)
    seated = cast.seat(tx, seed=seed, password_hash=password_hash, now=curtain)
    stage = Stage(tx, papers, calendar, post, seated, now=curtain)
    _play_earlier(stage, seed=seed, tell=tell)
    _enter_current(stage)
    _play_current(stage, seed=seed, tell=tell)
    business_time.move_to(tx, stage.now, person_id=None)


def _open_house(tx: Tx) -> Calendar:
    """Make the database a demonstration whose clock stands before the first day, and bring in what ships."""
    business_time.mark_demo(tx, starts_at=BEFORE)
    folder = definition_files.definitions_folder()
    shipping.ship_words(tx, folder, now=BEFORE)
    rules.enact_earlier(tx, folder, now=BEFORE)
    cast.import_units(tx, now=BEFORE)
    cast.import_successors(tx, now=BEFORE)
    _import_movement(tx, EARLIER, now=BEFORE)
    return calendars.calendar_of(tx)


def _import_movement(tx: Tx, code: str, *, now: datetime) -> None:
    """Bring in one of the movements that ship, when it is issued: the rules it names are in force by then."""
    entries = [entry for entry in read_tree(DEFINITIONS, PLACE, "movement.yaml") if entry["movement"] == code]
    content = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False).encode()
    obligations.import_movement(tx, content, name="movement.yaml", person_id=None, now=now)


def _play_earlier(stage: Stage, *, seed: int, tell: Tell) -> None:
    """Play the movement that is over: its plans (archived when it ended), its final review and its awards."""
    cue = _cue(stage, EARLIER, seed=seed, window=EARLIER_DAYS, plans=_publish(stage, EARLIER))
    stage.play(_plays(stage, IN_2016, cue), until=stage.calendar.instant(NEW_YEAR, MORNING), tell=lambda _: None)
    cast.import_units(stage.tx, now=stage.now)
    tell(EARLIER_SHARE / 2)
    cue = _cue(stage, EARLIER, seed=seed, window=REVIEWED, plans=cue.plans)
    stage.play(_plays(stage, IN_SPRING, cue), until=stage.calendar.instant(ISSUED, ENACTED), tell=lambda _: None)
    tell(EARLIER_SHARE)


def _enter_current(stage: Stage) -> None:
    """Bring in what ships and the plan of the province."""
    shipping.ship(stage.tx, definition_files.definitions_folder(), now=stage.now)
    _import_movement(stage.tx, CURRENT, now=stage.now)
    stage.let_pass(stage.calendar.instant(ISSUED, MORNING))


def _play_current(stage: Stage, *, seed: int, tell: Tell) -> None:
    """Play the four weeks after the plan of the province, up to where visitors come in."""
    begins, ends = stage.now, stage.calendar.instant(DEMO_BEGINS_ON, MORNING)

    def tell_day(now: datetime) -> None:
        tell(EARLIER_SHARE + (1 - EARLIER_SHARE) * ((now - begins) / (ends - begins)))

    cue = _cue(stage, CURRENT, seed=seed, window=CURRENT_DAYS, plans=_publish(stage, CURRENT))
    taken_up = _take_up_invitations(stage, cue)
    cue = _cue(stage, CURRENT, seed=seed, window=CURRENT_DAYS, plans={**cue.plans, **taken_up})
    stage.play([*_plays(stage, IN_AUTUMN, cue), _administration(stage)], until=ends, tell=tell_day)


def _cue(stage: Stage, movement: str, *, seed: int, window: Window, plans: Mapping[str, str]) -> Cue:
    return Cue(seed, movement, obligations.find(stage.tx, movement).id, window, plans)


def _plays(stage: Stage, families: Iterable[Family], cue: Cue) -> list[Play]:
    return [part for family in families for part in family(stage, cue)]


def _publish(stage: Stage, movement: str) -> dict[str, str]:
    """Publish a movement as an administrator, and answer the codes of its plans by the codes of their units."""
    admin = stage.cast.accounts["admin"]
    for _ in obligations.publish_movement(stage.tx, movement, person_id=admin, now=stage.now):
        pass
    stage.do_jobs()
    return stage.owed(movement, MILESTONE)


def _take_up_invitations(stage: Stage, cue: Cue) -> dict[str, str]:
    """Let some of the enterprises that are invited take up the movement."""
    chance = cue.chance("invitations")
    enterprises = sorted(code for code, unit in stage.cast.rows.items() if unit.kind == "enterprise")
    return {
        code: obligations.accept(
            stage.tx,
            CURRENT,
            milestone=MILESTONE,
            unit_id=stage.cast.units[code],
            person_id=stage.cast.at("unit_clerk", stage.cast.rows[code], chance=chance),
            now=stage.now,
        )
        for code in sorted(chance.sample(enterprises, TAKERS))
    }


def _administration(stage: Stage) -> Iterator[datetime]:
    """Let the chairman appoint a deputy for a journey, and an administrator draft another version of a definition."""
    yield stage.calendar.instant(DRAFTED, time(9, 30))
    form = SubstitutionForm(
        stage.cast.accounts["chairman"],
        stage.cast.accounts["vicechairman"],
        capacity="KT",
        paper="Thông báo số 145/TB-UBND ngày 09/11/2017 (văn bản giả định)",
        valid_from=AWAY.first,
        valid_to=AWAY.last,
    )
    substitutions.appoint(stage.tx, form, person_id=stage.cast.accounts["chairman"], now=stage.now)
    yield stage.calendar.instant(DRAFTED, time(15, 10))
    text = rules.proposed(publishing.current(stage.tx, plans.DEFINITION).text)
    admin = stage.cast.accounts["admin"]
    publishing.save_draft(stage.tx, plans.DEFINITION, text, person_id=admin, now=stage.now, seen=None)
