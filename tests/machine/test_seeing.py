"""Who sees what of a case: everybody who may know of it, or whom its state names; nothing leaks by other ways."""

import pytest

from tests.support.blind_review_definition import BLIND_REVIEW
from tests.support.scenes import actor, at, calendar, codes, does, refused
from tests.support.small_definition import findings_of
from workflow.machine.checking import check
from workflow.machine.deciding import needs, offer_needs
from workflow.machine.explaining.prose import explain
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.machine.words import sentence
from workflow.values import Act, Place, Plan

CAST = Cast(
    {
        "an": (Place("unit_clerk", "unit"),),
        "binh": (Place("unit_head", "unit"),),
        "chi": (Place("chair", "above unit"),),
        "dung": (),
        "kien": (),
    },
    {"kien": (("chi", "KT"),)},
)
PAPER = {"author": "Hoa", "topic": "Nghèo", "pages": 12}


def scene_of(law=BLIND_REVIEW, **fields):
    scene = Scene(load(law), calendar(), CAST, at("2017-10-16 08:00"))
    assert isinstance(scene.open(actor(scene, "an")), Plan)
    does(scene, "an", "send", **{**PAPER, **fields})
    return scene


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("an", ("topic",)),
        ("binh", ("topic",)),
        ("chi", ("author", "topic", "pages")),
        ("kien", ("author", "topic", "pages")),
        ("dung", ("topic",)),
    ],
)
def test_each_sees_what_the_state_says_and_what_is_theirs_to_write(who, seen):
    scene = scene_of()
    assert scene.sees(1, actor(scene, who)) == seen


def test_a_state_that_names_nobody_closes_nothing_and_opens_what_was_closed():
    scene = scene_of(pages=9)
    does(scene, "binh", "accept", mark=7)
    assert scene.sees(1, actor(scene, "binh")) == ("author", "topic", "pages", "mark")


def test_what_is_theirs_to_write_they_see():
    scene = scene_of(BLIND_REVIEW.replace("when: pages <= 10", "when: mark > 5"))
    scene.cases[1].fields["mark"] = 3
    assert scene.sees(1, actor(scene, "binh")) == ("topic", "mark")


def test_a_refusal_does_not_tell_what_is_closed_to_the_actor():
    scene = scene_of()
    refusal = refused(scene, "binh", "accept", mark=7)
    assert codes(refusal) == ["unseen"]
    for language in ("vi", "en"):
        assert "12" not in sentence(refusal.reasons[0], language=language, definition=scene.definition)
    offers = {offer.action: offer for offer in scene.offers(1, actor(scene, "binh"))}
    assert codes(offers["accept"].refusal) == ["unseen"]
    assert [warning.code for warning in offers["ask"].warnings] == ["unseen"]


def test_whoever_sees_the_field_is_told_why():
    scene = scene_of(BLIND_REVIEW.replace("reviewer: [topic]", "reviewer: [topic, pages]"))
    assert codes(refused(scene, "binh", "accept", mark=7)) == ["unmet"]


def test_the_index_of_lists_holds_what_everybody_sees():
    scene = scene_of(pages=9)
    listed = [dict(plan.listed) for _, plan in scene.entries]
    assert listed[1] == {"author": None, "topic": "Nghèo", "pages": None}
    does(scene, "binh", "accept", mark=7)
    assert scene.entries[-1][1].listed == {"author": "Hoa", "pages": 9}


def test_only_a_state_that_closes_needs_to_know_its_readers():
    scene = scene_of()
    definition, case = scene.definition, scene.cases[1]
    reader = Place("chair", "above unit")
    open_law = load(
        BLIND_REVIEW.replace("reviewer: [topic], editor: all, ", "").replace(
            "escalate_to: editor", "escalate_to: writer"
        )
    )
    assert reader in needs(definition, case, Act("accept")).places
    assert reader in offer_needs(definition, case).places
    assert reader not in needs(open_law, case, Act("accept")).places


def test_who_must_act_and_sees_nothing_is_warned_of():
    blind = BLIND_REVIEW.replace(
        "view: {reviewer: [topic], editor: all, public: [topic]}", "view: {editor: all}"
    ).replace("    edit: {reviewer: [mark]}\n", "")
    assert "sees_nothing" in [finding.code for finding in findings_of(blind) if finding.severity == "warning"]
    assert "sees_nothing" not in [finding.code for finding in check(load(BLIND_REVIEW))]


@pytest.mark.parametrize(("language", "said"), [("vi", "Ngoài ra không ai xem"), ("en", "Nobody else sees anything")])
def test_the_rules_as_prose_say_that_the_form_is_closed(language, said):
    assert explain(load(BLIND_REVIEW), language=language).count(said) == 1
