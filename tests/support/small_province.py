"""A small province to test verbs on: two districts, communes, a department, a block; people with their desks.

Everything is written through the verbs themselves. Passwords are not hashed here: who signs in gets one in the test.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from workflow.installation import shipping
from workflow.organisation import GrantForm, PersonForm, grants, people, units
from workflow.storage.session import Tx

DEFINITIONS = Path(__file__).parents[2] / "definitions"
MOVEMENT = (DEFINITIONS / "ninh_binh/movement.yaml").read_text("utf-8").partition("# The anniversary")[0].encode()
"""The movement of plan 117/KH-UBND alone."""
NOW = datetime(2017, 11, 13, 1, 0, tzinfo=UTC)
TODAY = date(2017, 11, 13)
SINCE = date(2010, 1, 1)

UNITS = """\
code,name,short_name,kind,parent,valid_from,valid_to,blocks,owes
37,UBND tỉnh Ninh Bình,Tỉnh Ninh Bình,province,,01/04/1992,,,no
K4,Khối thi đua các sở,Khối các sở,block,37,01/04/1992,,,invited
372,UBND huyện Nho Quan,Nho Quan,district,37,01/04/1992,,,yes
373,UBND huyện Gia Viễn,Gia Viễn,district,37,01/04/1992,,,yes
14401,UBND xã Gia Tường,Gia Tường,commune,372,01/04/1992,,,yes
14437,UBND xã Cúc Phương,Cúc Phương,commune,372,01/04/1992,,,yes
14464,UBND xã Gia Hòa,Gia Hòa,commune,373,01/04/1992,,,yes
SLDTBXH,Sở Lao động – Thương binh và Xã hội,Sở LĐTBXH,department,37,01/04/1992,,K4,yes
DN1,Công ty TNHH Bình Minh,Bình Minh,enterprise,37,01/01/2005,,,invited
OLD,Sở cũ,Sở cũ,department,37,01/04/1992,01/01/2000,,yes
"""
DESKS = {
    "cucphuong.clerk": ("Trần Thị Lan", [("unit_clerk", "14437")]),
    "cucphuong.head": ("Đinh Văn Ước", [("unit_head", "14437")]),
    "giatuong.clerk": ("Lê Thị Ánh", [("unit_clerk", "14401")]),
    "nhoquan.clerk": ("Bùi Thị Ngọc", [("unit_clerk", "372")]),
    "nhoquan.officer": ("Phạm Văn Ẩn", [("plan_officer", "372")]),
    "nhoquan.head": ("Vũ Thị Êm", [("plan_reviewer", "372")]),
    "nhoquan.chairman": ("Hoàng Đức Ái", [("chair", "372"), ("unit_head", "372")]),
    "giavien.officer": ("Ngô Thị Dung", [("plan_officer", "373")]),
    "sldtbxh.clerk": ("Đỗ Văn Đạt", [("unit_clerk", "SLDTBXH")]),
    "k4.lead": ("Tạ Thị Bé", [("block_lead", "K4")]),
    "dn1.clerk": ("Lý Văn Cường", [("unit_clerk", "DN1")]),
    "board.officer": ("Cao Thị Yến", [("plan_officer", "37")]),
    "board.head": ("Mai Văn Sơn", [("plan_reviewer", "37")]),
    "chairman": ("Nguyễn Văn Thịnh", [("chair", "37")]),
    "admin": ("Trịnh Thị Quản", [("admin", "37")]),
    "admin2": ("Đặng Văn Trị", [("admin", "37")]),
    "auditor": ("Phan Thị Soát", [("auditor", "37")]),
    "stranger": ("Hồ Văn Lạ", []),
}


@dataclass
class Stage:
    """Ids of what was built, by unit code and user name."""

    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


def build(tx: Tx, *, more_units: str = "", more_desks: tuple[tuple[str, str, str], ...] = ()) -> Stage:
    """Put the province into an empty database, with more units and, as user, role and unit, more desks."""
    shipping.ship(tx, DEFINITIONS, now=NOW)
    units.import_file(tx, (UNITS + more_units).encode(), name="units.csv", person_id=None, now=NOW)
    stage = Stage(units={unit.code: unit.id for unit in units.every(tx)})
    for username, (full_name, desks) in DESKS.items():
        stage.people[username] = people.add(tx, PersonForm(username, full_name), person_id=None, now=NOW)
        for role, code in desks:
            form = GrantForm(stage.people[username], role, stage.units[code], SINCE)
            grants.grant(tx, form, person_id=None, now=NOW)
    for username, role, code in more_desks:
        grants.grant(tx, GrantForm(stage.people[username], role, stage.units[code], SINCE), person_id=None, now=NOW)
    return stage
