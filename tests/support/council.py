"""The council's stage: a session, its nominees and the decision, each under its own definition."""

from functools import cache

from tests.support.scenes import ROOT, actor, at, calendar, does
from workflow.machine.definition import Definition
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import Json, Place, Plan

FAMILY = ("council_session", "nominee", "decision", "pm_nominee")
"""The session that ships, with two kinds of nominees and a decision cut down to what stands beside it."""
VOTERS = ("an", "binh", "chi", "dung", "giang")
COUNCIL = Cast(
    {
        "secretary": (Place("council_secretary", "province"),),
        "vice": (Place("council_standing_vice", "province"),),
        "officer": (Place("award_officer", "province"),),
        "reviewer": (Place("award_reviewer", "province"),),
        "decider": (Place("award_decider", "province"),),
        **{name: (Place("council_member", "province"),) for name in VOTERS},
        "kien": (),
    },
    {"kien": (("an", "KT"),)},
)
RECORD = "Mười năm liền hoàn thành xuất sắc nhiệm vụ, có sáng kiến được công nhận ở cấp tỉnh."


def council(cast: Cast = COUNCIL) -> Scene:
    """An empty stage."""
    family = {name: law(name) for name in FAMILY}
    return Scene(family["council_session"], calendar(), cast, at("2018-03-01 08:00"), family=family)


def nominee(scene: Scene, *, person: str | None = None, award: str = "bang_khen") -> int:
    """Bring somebody before the council; return the case."""
    value: dict[str, Json] = {"kind": "person", "name": "Nguyễn Văn Bình"}
    if person:
        value["person"] = scene.cast.id_of(person)
    fields: dict[str, Json] = {"nominee": value, "award": award, "record": RECORD}
    opened = scene.open(actor(scene, "officer"), fields, definition="nominee")
    assert isinstance(opened, Plan), opened
    case = opened.case.id
    does(scene, "officer", "propose", case=case)
    does(scene, "reviewer", "accept", case=case, notice_end="2018-03-20")
    return case


def session(scene: Scene) -> int:
    """Open a session without an agenda."""
    opened = scene.open(actor(scene, "secretary"), definition="council_session")
    assert isinstance(opened, Plan), opened
    return opened.case.id


def codes_of(*cases: int) -> list[Json]:
    return [f"nominee-{case}" for case in cases]


def convened(scene: Scene, *cases: int) -> int:
    """Put nominees on an agenda and open the ballot."""
    case = session(scene)
    does(scene, "secretary", "convene", case=case, mode="meeting", day="2018-03-28", nominees=codes_of(*cases))
    return case


@cache
def law(name: str) -> Definition:
    return load(written(name), path=name)


def written(name: str) -> str:
    """Read a definition of the family as it is written."""
    beside = ROOT / f"tests/support/council_family/{name}.yaml"
    return (beside if beside.exists() else ROOT / f"definitions/{name}/v1.yaml").read_text("utf-8")
