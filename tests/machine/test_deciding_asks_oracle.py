"""Asks against brute force: whoever answers in whatever order, the outcome and the moment of closing are the same.

The oracle knows no rule of the machine: it tries every way in which those who are missing could still answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations, product

import pytest

from tests.support import council
from tests.support.council import COUNCIL, convened, law, nominee
from tests.support.scenes import actor, at, calendar, does, paper, tries
from tests.support.vote_definition import MOTION
from workflow.machine.definition import Definition
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Json, Place, Plan, Refusal

YES, NO = "yes", "no"
Said = Mapping[str, str]
Carried = Callable[[Said], bool]
"""Whether a motion is carried, by what each member said."""
BY_PEOPLE = MOTION.replace("by: system, ", "").replace("vote.closed && ", "").replace(", pass: Trắng | Abstain", "")


def written(rule: str, **changes: str) -> Definition:
    """A motion put to two heads of units and others, as plain text has it but for what is said."""
    text = BY_PEOPLE.replace("RULE", f"'{rule}'").replace("  head: ", "  chair: chair above unit\n  head: ")
    return load(text.replace("of: head", changes.get("of", "of: [head, chair]")))


def motion(definition: Definition, heads: Sequence[str], chairs: Sequence[str]) -> Scene:
    people = {"hoa": (Place("unit_clerk", "unit"),)}
    people |= {name: (Place("unit_head", "unit"),) for name in heads}
    people |= {name: (Place("chair", "above unit"),) for name in chairs}
    scene = Scene(definition, calendar(), Cast(people), at("2018-03-01 08:00"))
    assert isinstance(scene.open(actor(scene, "hoa")), Plan)
    does(scene, "hoa", "put")
    return scene


def played(scene: Scene, order: Sequence[str], said: Said) -> tuple[str, int]:
    """Let members answer until nobody is asked any more; say what the clerk can then do, and after how many answers."""
    for count, member in enumerate(order, 1):
        does(scene, member, "answer:vote", answer=said[member])
        if scene.cases[1].asks["vote"].closed or count == len(order):
            carried = isinstance(tries(scene, "hoa", "end"), Plan)
            return ("done" if carried else does(scene, "hoa", "drop").case.state), count
    raise AssertionError("nobody was asked")


def foretold(carried: Carried, order: Sequence[str], said: Said, *, secret: bool = False) -> tuple[str, int]:
    """The same by trying out every way to go on; a secret vote goes on to the last."""
    for count in range(1, len(order) + 1):
        known = {member: said[member] for member in order[:count]}
        rest = order[count:]
        results = {
            carried({**known, **dict(zip(rest, more, strict=True))}) for more in product((YES, NO), repeat=len(rest))
        }
        if count == len(order) or (len(results) == 1 and not secret):
            return ("done" if results.pop() else "dropped"), count
    raise AssertionError("nobody was asked")


def votes(members: Sequence[str]) -> Iterator[Said]:
    for said in product((YES, NO), repeat=len(members)):
        yield dict(zip(members, said, strict=True))


def yes_of(said: Said, members: Sequence[str]) -> int:
    return sum(said[member] == YES for member in members)


def no_of(said: Said, members: Sequence[str]) -> int:
    return len(members) - yes_of(said, members)


def orders(heads: Sequence[str], chairs: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Go through all orders; members of one name are alike, so each name keeps the order of its own."""
    for places in product((True, False), repeat=len(heads) + len(chairs)):
        if sum(places) == len(heads):
            mine, theirs = iter(heads), iter(chairs)
            yield tuple(next(mine if is_head else theirs) for is_head in places)


def disagreements(
    definition: Definition, heads: Sequence[str], chairs: Sequence[str], carried: Carried, *, secret: bool = False
) -> list[object]:
    """Play every order of every way to answer."""
    return [
        (order, said)
        for order in orders(heads, chairs)
        for said in votes((*heads, *chairs))
        if played(motion(definition, heads, chairs), order, said) != foretold(carried, order, said, secret=secret)
    ]


HEADS, CHAIRS = ("h1", "h2", "h3"), ("c1", "c2")
RULES: dict[str, Callable[[Said, Sequence[str], Sequence[str]], bool]] = {
    "yes * 2 > members": lambda said, heads, chairs: yes_of(said, (*heads, *chairs)) * 2 > len(said),
    "head.yes * 2 > head.members && chair.yes >= 1": lambda said, heads, chairs: (
        yes_of(said, heads) * 2 > len(heads) and yes_of(said, chairs) >= 1
    ),
    "yes + 2 * chair.yes > no + 2 * chair.no": lambda said, heads, chairs: (
        yes_of(said, heads) + 3 * yes_of(said, chairs) > no_of(said, heads) + 3 * no_of(said, chairs)
    ),
    "chair.no == 0 && yes >= 2": lambda said, heads, chairs: (
        yes_of(said, chairs) == len(chairs) and yes_of(said, (*heads, *chairs)) >= 2
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_members_of_two_names_come_to_one_outcome_whatever_the_order(rule):
    assert disagreements(written(rule), HEADS, CHAIRS, lambda said: RULES[rule](said, HEADS, CHAIRS)) == []


def test_a_secret_vote_goes_on_to_the_last_and_comes_to_the_same():
    rule = "yes * 2 > members"
    definition = written(rule, of="of: [head, chair]\n        secret: true")
    assert disagreements(definition, HEADS, CHAIRS, lambda said: RULES[rule](said, HEADS, CHAIRS), secret=True) == []


@pytest.mark.parametrize("rule", RULES)
def test_members_asked_in_order_come_to_the_same_and_nobody_answers_before_his_turn(rule):
    definition = written(rule, of="of: [head, chair]\n        in: order")
    order = (*HEADS, *CHAIRS)
    all_votes = list(votes(order))
    assert all_votes
    for said in all_votes:
        scene = motion(definition, HEADS, CHAIRS)
        assert isinstance(tries(scene, "c1", "answer:vote", answer=YES), Refusal)
        assert played(scene, order, said) == foretold(lambda all_: RULES[rule](all_, HEADS, CHAIRS), order, said)


@pytest.mark.long
@pytest.mark.parametrize("rule", RULES)
def test_eight_members_of_two_names_come_to_one_outcome_whatever_the_order(rule):
    heads, chairs = tuple(f"h{n}" for n in range(5)), tuple(f"c{n}" for n in range(3))
    assert disagreements(written(rule), heads, chairs, lambda said: RULES[rule](said, heads, chairs)) == []


@pytest.mark.long
def test_a_secret_vote_of_eight_goes_on_to_the_last_whatever_the_order():
    heads, chairs, rule = tuple(f"h{n}" for n in range(5)), tuple(f"c{n}" for n in range(3)), "yes * 2 > members"
    definition = written(rule, of="of: [head, chair]\n        secret: true")
    carried = RULES[rule]
    assert disagreements(definition, heads, chairs, lambda said: carried(said, heads, chairs), secret=True) == []


VOTERS = ("an", "binh", "chi")
OTHERS = {name: places for name, places in COUNCIL.places.items() if name not in ("dung", "giang", "kien")}
LINES = {"nominee-1": VOTERS, "nominee-2": VOTERS[1:]}
"""Who has a say on which nominee: the second is one of those who vote."""


def board() -> Scene:
    """A session whose open ballot is about two nominees: the more of all members, the better."""
    text = council.written("council_session")
    rule = text.replace("secret: true, ", "").replace("agree * 100 >= threshold * members", "agree * 2 > members")
    family = {"council_session": load(rule), "nominee": law("nominee"), "decision": law("decision")}
    scene = Scene(family["council_session"], calendar(), Cast(OTHERS), at("2018-03-01 08:00"), family=family)
    cases = nominee(scene), nominee(scene, person="an")
    convened(scene, *cases)
    return scene


def heard(order: Sequence[str], said: Mapping[tuple[str, str], str]) -> tuple[list[str], int]:
    """Let voters answer on all lines that are theirs until nobody is asked; say what became of them, and when."""
    scene = board()
    for count, voter in enumerate(order, 1):
        answers: dict[str, Json] = {line: said[voter, line] for line, mine in LINES.items() if voter in mine}
        does(scene, voter, "answer:ballot", case=3, answer=answers)
        if scene.cases[3].asks["ballot"].closed or count == len(order):
            does(scene, "secretary", "close", case=3, minutes=paper())
            return [scene.cases[case].state for case in (1, 2)], count
    raise AssertionError("nobody was asked")


def expected(order: Sequence[str], said: Mapping[tuple[str, str], str]) -> tuple[list[str], int]:
    """The same by trying out every way to go on, line by line."""
    for count in range(1, len(order) + 1):
        results: list[set[str]] = []
        for line, mine in LINES.items():
            agreed = sum(said[voter, line] == "agree" for voter in order[:count] if voter in mine)
            missing = sum(voter in mine for voter in order[count:])
            ways = {(agreed + more) * 2 > len(VOTERS) for more in range(missing + 1)}
            results.append({"passed" if passes else "not_passed" for passes in ways})
        if all(len(found) == 1 for found in results):
            return [found.pop() for found in results], count
    raise AssertionError("nobody was asked")


def lists(every: int) -> Iterator[tuple[tuple[str, ...], dict[tuple[str, str], str]]]:
    asked = [(voter, line) for line, mine in LINES.items() for voter in mine]
    ways = product(("agree", "disagree"), repeat=len(asked))
    tried = product(permutations(VOTERS), ways)
    for number, (order, answers) in enumerate(tried):
        if number % every == 0:
            yield order, dict(zip(asked, answers, strict=True))


def test_each_line_of_a_list_comes_to_its_own_outcome_whatever_the_order():
    assert [found for found in lists(every=5) if heard(*found) != expected(*found)] == []


@pytest.mark.long
def test_all_orders_and_answers_on_a_list_come_to_the_same():
    assert [found for found in lists(every=1) if heard(*found) != expected(*found)] == []
