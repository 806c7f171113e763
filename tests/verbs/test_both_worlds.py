"""The record and the simulation of walks decide alike: random acts played through both, compared after each."""

import random
from collections import Counter
from functools import partial

import pytest

from tests.support.batch_definitions import TEXTS
from tests.support.random_plays import BEGINS, CAPACITIES, DATES, NAMES, places_in
from tests.support.scenes import ROOT, calendar
from tests.support.words_of_cases import expected_words, kept_words
from tests.verbs import seating
from tests.verbs.both_worlds import BothWorlds, PlayInBoth
from tests.verbs.record_side import Record
from tests.verbs.seating import ONLOOKER, OneUnit, Papers
from workflow import calendars
from workflow.audit import audits
from workflow.definitions import publishing
from workflow.machine.case import ADMIN
from workflow.machine.loading.loader import load


def shipped(*names):
    return {name: (ROOT / f"definitions/{name}/v1.yaml").read_text("utf-8") for name in names}


FAMILIES = {
    "batches": TEXTS,
    "plans": shipped("unit_plan"),
    "purchases": shipped("examples/purchase"),
    "reviews": shipped("review_report", "review_summary", "province_review"),
    "dossiers": shipped("nominee", "dossier", "consolidation", "council_session", "decision"),
    "proposals": shipped("nominee", "pm_nominee", "pm_proposal", "council_session", "pm_submission"),
    "awards": shipped("award_nomination", "complaint"),
    "simplified": shipped("simplified_award", "commendation", "nominee"),
}
SHORT = {
    "batches": (1, 50, {"accepted": 15, "refused": 30, "fired": 3, "moves": 2, "openings": 2, "opening refused": 3}),
    "plans": (3, 25, {"accepted": 10, "fired": 5, "openings": 1}),
    "reviews": (5, 20, {"accepted": 5, "refused": 5, "fired": 2}),
    "dossiers": (3, 30, {"accepted": 5, "refused": 20, "fired": 5, "moves": 3}),
}
"""By family: the seed, how many moves are played, and how often each thing must happen at least."""
LONG = 200


def cast_for(family, chance):
    """Draw a cast with somebody at every place, most people at several; some act for another."""
    places = {name: [ONLOOKER] for name in NAMES}
    for place in dict.fromkeys((ADMIN, *places_in(family))):
        # Whoever a link leads to stands at the unit itself.
        wanted = place._replace(relation="unit") if place.relation.startswith("link:") else place
        for name in chance.sample(NAMES, chance.choice((1, 2, 3))):
            places[name].append(wanted)
    principals = {name: chance.choice([other for other in NAMES if other != name]) for name in chance.sample(NAMES, 3)}
    acting = {name: ((principal, chance.choice(CAPACITIES)),) for name, principal in principals.items()}
    return OneUnit({name: tuple(dict.fromkeys(held)) for name, held in places.items()}, acting)


def play_both(database, texts, seed, *, times):
    """Play so many moves in both worlds, comparing after each and at the end; how often what happened."""
    chance = random.Random(seed)
    laws = [load(text) for text in texts.values()]
    family = {law.name: law for law in laws}
    cast = cast_for(family, chance)
    seating.build(database, cast, texts.values())
    record = Record(database, Papers(database))
    scene = BothWorlds(laws[0], calendar(), cast, BEGINS, DATES, family=family, record=record)
    PlayInBoth(scene, chance).moves(times)
    scene.compare_all()
    with database.reading() as tx:
        again = audits.refold(tx, definition_of=partial(publishing.compiled, tx), calendar=calendars.calendar_of(tx))
        assert [*audits.verify(tx), *again] == []
        assert kept_words(tx) == expected_words(tx)
    return scene.done


@pytest.mark.parametrize("name", SHORT)
def test_random_acts_do_the_same_on_the_record_and_in_the_simulation(database, name):
    seed, times, least = SHORT[name]
    done = play_both(database, FAMILIES[name], f"{name} {seed}", times=times)
    assert done >= Counter(least), done


@pytest.mark.long
@pytest.mark.parametrize("name", FAMILIES)
def test_hundreds_of_random_acts_do_the_same_in_both_worlds(database, name):
    done = play_both(database, FAMILIES[name], f"{name} 10", times=LONG)
    assert done >= Counter({"accepted": 20, "refused": 10}), done
