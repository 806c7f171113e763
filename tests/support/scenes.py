"""The stages on which the rules are tested: shipped definitions, the real calendar, a small cast."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from workflow.machine.calendar import Calendar, calendar_of
from workflow.machine.definition import Definition
from workflow.machine.loading.loader import load
from workflow.machine.walks.simulation import Cast, Scene
from workflow.values import SYSTEM, Act, Actor, Json, Place, Plan, Refusal

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOVEMENT = {"begins": "2017-10-16", "plans": "2017-11-15", "ends": "2020-12-31"}
TARGETS: Json = [{"indicator": "Số hộ thoát nghèo", "target": "12.5"}]
CONTACT: Json = {"name": "Nguyễn Thị Hoa"}
COMMENT = "Đề nghị bổ sung chỉ tiêu về nhà ở."
DEFECTS: Json = [{"place": "Mục II", "what": "Thiếu chỉ tiêu giảm nghèo"}]
READY: dict[str, Any] = {"targets": TARGETS, "launch": "2017-11-10", "contact": CONTACT}


def paper(symbol: str = "12/KH-UBND") -> dict[str, Json]:
    """A numbered paper with its scan."""
    return {
        "document": 1,
        "number": 1,
        "token": "t",
        "name": "kế hoạch.pdf",
        "sha256": "0" * 64,
        "symbol": symbol,
        "dated": "2017-11-09",
        "signer": "Trần Văn Tâm",
    }


@cache
def calendar() -> Calendar:
    return calendar_of(yaml.load((ROOT / "definitions/calendar.yaml").read_text("utf-8"), yaml.BaseLoader))


@cache
def shipped(name: str) -> Definition:
    return load((ROOT / f"definitions/{name}/v1.yaml").read_text("utf-8"), path=name)


@cache
def family(name: str) -> dict[str, Definition]:
    """The other definitions that ship, whose cases walks may open."""
    names = {path.parent.name for path in (ROOT / "definitions").glob("*/v1.yaml")}
    return {other: shipped(other) for other in sorted(names - {name})}


def at(text: str) -> datetime:
    """An instant on the wall clock of Ninh Bình."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


PLAN_CAST = Cast(
    {
        "hoa": (Place("unit_clerk", "unit"),),
        "tam": (Place("unit_head", "unit"),),
        "lan": (Place("plan_officer", "above unit"),),
        "minh": (Place("plan_reviewer", "above unit"),),
        "quang": (Place("chair", "above unit"),),
        "binh": (Place("block_lead", "block"),),
        "thu": (Place("admin", "province"),),
        "kien": (),
    },
    {"kien": (("tam", "KT"), ("minh", "KT"))},
)


def plan_scene(cast: Cast = PLAN_CAST, *, begins: str = "2017-10-16 08:00") -> Scene:
    """An obligation that the movement has just opened."""
    scene = Scene(shipped("unit_plan"), calendar(), cast, at(begins), MOVEMENT)
    opened = scene.open(SYSTEM)
    assert isinstance(opened, Plan), opened
    return scene


def does(scene: Scene, who: str, action: str, *, case: int = 1, seen: int | None = None, **inputs: Json) -> Plan:
    """Let somebody act who may."""
    answer = tries(scene, who, action, case=case, seen=seen, **inputs)
    assert isinstance(answer, Plan), answer
    return answer


def tries(
    scene: Scene, who: str, action: str, *, case: int = 1, seen: int | None = None, **inputs: Json
) -> Plan | Refusal:
    return scene.act(case, Act(action, inputs, seen), actor(scene, who))


def actor(scene: Scene, who: str) -> Actor:
    return SYSTEM if who == "system" else scene.cast.actor(who)


def refused(scene: Scene, who: str, action: str, *, case: int = 1, seen: int | None = None, **inputs: Json) -> Refusal:
    """Let somebody try what they may not."""
    answer = tries(scene, who, action, case=case, seen=seen, **inputs)
    assert isinstance(answer, Refusal), answer.case.state
    return answer


def codes(refusal: Refusal) -> list[str]:
    return [reason.code for reason in refusal.reasons]


def to_submitted(scene: Scene) -> Scene:
    does(scene, "hoa", "begin")
    does(scene, "hoa", "send", **READY)
    does(scene, "tam", "sign", plan=paper())
    return scene


def to_review(scene: Scene) -> Scene:
    to_submitted(scene)
    does(scene, "lan", "receive")
    return scene


def to_acknowledged(scene: Scene) -> Scene:
    to_review(scene)
    does(scene, "minh", "acknowledge")
    return scene
