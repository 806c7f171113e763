"""A council at a site: a session, its nominees, its members, behind the pages."""

from tests.support.council import FAMILY, RECORD, written
from tests.support.site import PASSWORD, Site, Visitor
from tests.support.small_province import NOW, SINCE
from workflow import cases
from workflow.accounts import passwords
from workflow.definitions import publishing
from workflow.organisation import GrantForm, PersonForm, grants, people
from workflow.values import Act, Json

ROLES = {
    "secretary": ("Đàm Thị Thư", "council_secretary"),
    "vice": ("Vi Văn Phó", "council_standing_vice"),
    "officer": ("Cù Thị Chuyên", "award_officer"),
    "reviewer": ("Thạch Văn Thẩm", "award_reviewer"),
    "an": ("Lò Thị An", "council_member"),
    "binh": ("Ma Văn Bình", "council_member"),
    "chi": ("Hà Thị Chi", "council_member"),
}


class Council:
    """A council whose nominees have come before it, at a site."""

    def __init__(
        self, site: Site, names: tuple[str, ...] = ("Nguyễn Văn Bình", "Trần Thị Hoa"), *, seats: int = 3
    ) -> None:
        """Seat a council of so many members."""
        self.site, self.people = site, dict[str, int]()
        self.unit = site.stage.units["37"]
        hashed = passwords.hashed(PASSWORD, username="nobody")
        with site.database.writing() as tx:
            for username, (full_name, role) in {**ROLES, **_members(seats - 3)}.items():
                form = PersonForm(username, full_name)
                self.people[username] = people.add(tx, form, person_id=None, now=NOW, password_hash=hashed)
                grants.grant(tx, GrantForm(self.people[username], role, self.unit, SINCE), person_id=None, now=NOW)
            for name in FAMILY:
                publishing.publish_shipped(tx, written(name), now=NOW, path=name)
        self.nominees = [self.nominee(name) for name in names]

    def nominee(self, name: str, *, person: str | None = None, award: str = "bang_khen") -> str:
        """Bring somebody before the council; return the code."""
        value: dict[str, Json] = {"kind": "person", "name": name}
        if person:
            value["person"] = self.people[person]
        code = self.opens("officer", "nominee", nominee=value, award=award, record=RECORD)
        self.does("officer", code, "propose")
        self.does("reviewer", code, "accept", notice_end="2017-12-01")
        return code

    def session(self) -> tuple[Visitor, str]:
        """An agenda with nobody on it, before the secretary."""
        return self.site.visitor("secretary"), f"/cases/{self.opens('secretary', 'council_session')}"

    def voting(self) -> str:
        """A vote on all nominees; return its path."""
        code = self.opens("secretary", "council_session")
        self.does("secretary", code, "convene", mode="written", day="2017-12-15", nominees=[*self.nominees])
        return f"/cases/{code}"

    def opens(self, who: str, definition: str, **fields: Json) -> str:
        with self.site.database.writing() as tx:
            by = self.people[who]
            done = cases.open_case(tx, definition, unit_id=self.unit, person_id=by, now=NOW, fields=fields)
            assert isinstance(done, cases.Acted), done
            return done.case.code

    def does(self, who: str, code: str, action: str, **inputs: Json) -> None:
        with self.site.database.writing() as tx:
            done = cases.act_in(tx, code, Act(action, inputs), person_id=self.people[who], now=NOW)
            assert isinstance(done, cases.Acted), done


def _members(number: int) -> dict[str, tuple[str, str]]:
    """Name further members of the council."""
    return {f"member{at}": (f"Ủy viên Thứ {at}", "council_member") for at in range(1, number + 1)}
