"""Rules as they were before those that ship, and what an administrator proposes to change in them.

The movement that is over ran under decrees and a plan of its own time, so each of its definitions has an earlier
version here: what ships, with other words in some places.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from workflow.definitions import publishing
from workflow.storage.session import Tx

Changes = Sequence[tuple[str, str]]

PLAN_OF_ITS_OWN: Final = ("basis: 117/KH-UBND, 16/10/2017", "basis: 88/KH-UBND, 12/9/2016 (văn bản giả định)")
LAW_OF_ITS_TIME: Final = (
    "basis: Nghị định 91/2017/NĐ-CP; Quyết định 318/QĐ-BNV",
    "basis: Luật Thi đua, khen thưởng 2003; Nghị định 42/2010/NĐ-CP, 65/2014/NĐ-CP",
)
EARLIER: Final[Mapping[str, Changes]] = {
    "unit_plan": (
        PLAN_OF_ITS_OWN,
        ("# 15/11/2017 excluded", "# 15/10/2016 excluded"),
        (
            "turn: {who: officer, due: 2 wd, escalate_to: reviewer}",
            "turn: {who: officer, due: 3 wd, escalate_to: reviewer}",
        ),
    ),
    "review_report": (
        PLAN_OF_ITS_OWN,
        ("hint: Kế hoạch 117 cho phép", "hint: Kế hoạch 88 cho phép"),
        ("Plan 117 lets", "Plan 88 lets"),
    ),
    "review_summary": (PLAN_OF_ITS_OWN,),
    "nominee": (
        LAW_OF_ITS_TIME,
        ('source: "QĐ 318/QĐ-BNV, 2018: Bằng khen cấp tỉnh"', 'source: "(P)"'),
        ('source: "(P) chính sách địa phương, theo mức của Đ46(2) NĐ 98/2023"', 'source: "(P) chính sách địa phương"'),
    ),
    "dossier": (LAW_OF_ITS_TIME,),
    "consolidation": (LAW_OF_ITS_TIME,),
    "council_session": (
        ("basis: Quy chế hoạt động của Hội đồng TĐKT tỉnh", "basis: Quy chế của Hội đồng TĐKT tỉnh, 2015 (giả định)"),
    ),
    "decision": (LAW_OF_ITS_TIME,),
}

PROPOSED: Final[Changes] = (
    ("basis: 117/KH-UBND, 16/10/2017 ", "basis: 117/KH-UBND, 16/10/2017; Công văn 512/SNV-TĐKT (văn bản giả định) "),
    (
        "turn: {who: officer, due: 2 wd, escalate_to: reviewer}",
        "turn: {who: officer, due: 1 wd, escalate_to: reviewer}",
    ),
    ("{label: Tiếp nhận | Receive, ", "{label: Tiếp nhận và ghi sổ | Receive and register, "),
    ("done: Đã tiếp nhận kế hoạch | Plan received,", "done: Đã tiếp nhận và ghi sổ kế hoạch | Plan registered,"),
)
"""What an administrator proposes to change in the rules of plans; a second one may publish it."""


def enact_earlier(tx: Tx, folder: Path, *, now: datetime) -> None:
    """Publish the rules as they were before; what ships replaces them when the province issues its plan."""
    for name, changes in EARLIER.items():
        text = (folder / name / "v1.yaml").read_text("utf-8")
        publishing.publish_shipped(tx, _changed(text, changes), now=now, path=name)


def proposed(text: str) -> str:
    """Return the rules of plans as an administrator proposes them."""
    return _changed(text, PROPOSED)


def _changed(text: str, changes: Changes) -> str:
    for old, new in changes:
        text = replaced_once(text, old, new)
    return text


def replaced_once(text: str, old: str, new: str) -> str:
    """Replace what stands in a text exactly once. Raises `LookupError` when it does not."""
    if text.count(old) != 1:
        raise LookupError(old)
    return text.replace(old, new)
