"""The verifier: a large definition alone, what ships, and what ships against the people of a province of 250 units.

And the drawing of large ones.

Synthetic on purpose: a hundred states in a ring of steps with returns, three clocks, votes and counts that guards read.
"""

from collections.abc import Callable
from importlib.resources import files
from time import process_time

from benchmarks.measuring import Figure
from workflow.machine.checking import Organisation, StaffedUnit, check, check_family, check_units
from workflow.machine.definition import Definition
from workflow.machine.drawing.diagram import draw
from workflow.machine.loading.loader import load
from workflow.values import Desk

STATES = 100
WAYS = 3
UNITS = 250
DISTRICTS = 9
ROUNDS = 7
PROVINCE = 1

HEAD = """\
definition: large
title: Quy trình lớn | Large
basis: 1/QĐ
fields:
  size: {is: integer, min: 1, max: 9, label: Quy mô | Size}
people:
  clerk: unit_clerk at unit
  head: unit_head at unit
  chair: chair above unit
clocks:
  filing: {due: before movement.plans, starts: [open], stops: [end]}
  answer: {budget: 25 wd, starts: [open], stops: [end]}
  work: {budget: 10 d, starts: [send], stops: [return], again: restart}
escalation: {-2 wd: turn, 0 wd: turn, 2 wd: escalate_to, then 5 wd: escalate_to}
start: {by: clerk, to: s0}
states:
"""


def measure() -> list[Figure]:
    """Measure checking."""
    large = load(HEAD + "".join(map(_state, range(STATES))) + _END, path="large.yaml")
    dense = load(HEAD + "".join(map(_crossing, range(STATES))) + _END, path="dense.yaml")
    shipped = [_shipped(name) for name in ("unit_plan", "award_nomination")]
    family = {definition.name: definition for definition in map(_shipped, _names())}
    where = _province()
    return [
        _figure(f"verify {STATES} states with 3 clocks", lambda: check(large), "ms", 100, 50),
        _figure("verify a definition that ships", lambda: check(shipped[1]), "ms", 20, 5),
        _figure(
            f"verify {len(family)} definitions that ship beside each other, each",
            lambda: check_family(family),
            "ms",
            500,
            50,
            times=len(family),
        ),
        _figure(
            f"verify 2 definitions against {UNITS} units",
            lambda: [check_units(definition, where) for definition in shipped],
            "s",
            2,
            0.5,
        ),
        _figure(f"draw {STATES} states", lambda: draw(large, language="vi"), "ms", 50, 30),
        _figure(f"draw {STATES} states, {WAYS} ways out of each", lambda: draw(dense, language="vi"), "ms", 50, 30),
    ]


_END = "  done: {label: Xong | Done, outcome: good}\n"


def _state(number: int) -> str:
    following = f"s{number + 1}" if number + 1 < STATES else "done"
    who, superior = (("clerk", "head"), ("head", "chair"), ("chair", "head"))[number % 3]
    due = ("filing", "answer", "5 wd", "3 wd", "7 d")[number % 5]
    edit = f"    edit: {{{who}: [size]}}\n" if number == 0 else ""
    requires = ", requires: [size]" if number == 0 else ""
    guarded = (
        f"      skip: {{label: Bỏ qua | Skip, to: {following}, when: size > {number % 7 + 1}}}\n"
        if number % 4 == 1
        else ""
    )
    again = (
        f"      return: {{label: Trả lại | Return, to: s{number // 2}, requires: [comment]}}\n" if number % 3 else ""
    )
    action = "send" if number % 10 == 0 else f"step{number}"
    last = "      end: {label: Kết thúc | End, to: done}\n" if number == STATES - 1 else ""
    return (
        f"  s{number}:\n    label: Bước {number} | Step {number}\n"
        f"    turn: {{who: {who}, due: {due}, escalate_to: {superior}}}\n{edit}"
        f"    actions:\n      {action}: {{label: Tiếp | Next, to: {following}{requires}}}\n{guarded}{again}{last}"
    )


def _crossing(number: int) -> str:
    """Write a state with ways to others far away."""
    ways = "".join(
        f"      go{way}: {{label: Chuyển bước {way} | Forward {way}, to: s{(number * 7 + way * 13 + 1) % STATES}}}\n"
        for way in range(1, WAYS + 1)
    )
    end = "      end: {label: Kết thúc | End, to: done}\n" if number % 10 == 9 else ""
    return (
        f"  s{number}:\n    label: Bước {number} | Step {number}\n"
        f"    turn: {{who: clerk, due: 5 wd, escalate_to: head}}\n    actions:\n{ways}{end}"
    )


def _names() -> list[str]:
    folders = files("definitions").iterdir()
    return sorted(folder.name for folder in folders if folder.joinpath("v1.yaml").is_file())


def _shipped(name: str) -> Definition:
    return load((files("definitions") / name / "v1.yaml").read_text("utf-8"), path=name)


def _province() -> Organisation:
    units = [StaffedUnit(PROVINCE, "Tỉnh")]
    holders: dict[Desk, tuple[int, ...]] = {}
    roles = ("plan_officer", "plan_reviewer", "award_officer", "award_reviewer", "award_decider", "chair")
    for number in range(2, UNITS + 2):
        district = number <= DISTRICTS + 1
        above = (PROVINCE,) if district else (2 + number % DISTRICTS, PROVINCE)
        units.append(StaffedUnit(number, f"Đơn vị {number}", above, owes=True))
        for at, role in enumerate(("unit_clerk", "unit_head", *(roles if district else ()))):
            holders[Desk(role, number)] = tuple(
                100 * number + at + more for more in range(0, 10 * (1 + number % 3), 10)
            )
    for at, role in enumerate(roles):
        holders[Desk(role, PROVINCE)] = (10 + at, 20 + at)
    return Organisation(tuple(units), holders)


def _figure(work: str, way: Callable[[], object], unit: str, must: float, aim: float, *, times: int = 1) -> Figure:
    scale = (1_000 if unit == "ms" else 1) / times
    best = min(_processor_seconds(way) for _ in range(ROUNDS)) * scale
    return Figure(work, best, unit, must=must, aim=aim, better="less")


def _processor_seconds(way: Callable[[], object]) -> float:
    """Measure processor time, because nothing here waits and others use the machine as well."""
    begun = process_time()
    way()
    return process_time() - begun
