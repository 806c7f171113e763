"""A site as it stands in the middle of its life, somebody of every kind signed in, and addresses of what is one unit's.

The case, its paper, its draft and what lies around it belong to the commune of Cúc Phương (unit A) in the district of
Nho Quan.
"""

import io
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import insert, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support.page_reading import Page
from tests.support.site import CODE, Site, Visitor
from tests.support.site_plans import signed
from tests.support.small_province import NOW
from workflow.definitions import publishing
from workflow.organisation import SubstitutionForm, people, substitutions
from workflow.storage.models import DocumentVersion, Job, Letter, RoleGrant
from workflow.storage.session import Tx

KINDS = {
    "anonymous": None,
    "unit A": "cucphuong.clerk",
    "unit B": "giatuong.clerk",
    "reviewer in scope": "nhoquan.officer",
    "reviewer out of scope": "giavien.officer",
    "admin": "admin",
    "auditor": "auditor",
    "disabled": "k4.lead",
}
"""Every kind of visitor and who is one. `disabled` signed in before the account was closed."""
HEAD = "cucphuong.head"


@dataclass
class Cast:
    """The site with its visitors, and what stands in the addresses of its pages."""

    site: Site
    visitors: dict[str, Visitor] = field(default_factory=dict)
    names: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        path = signed(self.site)
        self.visitors = {
            kind: self.site.visitor(username) if username else Visitor(self.site.app.test_client())
            for kind, username in KINDS.items()
        }
        with self.site.database.writing() as tx:
            people.deactivate(tx, self.site.stage.people["k4.lead"], person_id=None, now=NOW)
            self.names = {
                "code": path.rpartition("/")[2],
                "view_id": 1,
                "act_id": 999_999,
                "token_hash": "0" * 64,
                "name": "substitute",
                **_lying_around(tx, self.site),
            }

    def routes(self) -> dict[str, str]:
        """Every page, as `POST cases.act`, with an address of it at which something stands."""
        return {
            f"{method} {rule.endpoint}": self._address(rule)
            for rule in self.site.app.url_map.iter_rules()
            for method in ("GET", "POST")
            if method in (rule.methods or ())
        }

    def _address(self, rule: Rule) -> str:
        names = self.names | ({"code": CODE} if rule.endpoint.startswith("movements.") else {})
        with self.site.app.test_request_context():
            adapter = self.site.app.url_map.bind("localhost")
            return adapter.build(rule.endpoint, {name: names[name] for name in rule.arguments})

    def ask(self, kind: str, route: str, form: dict[str, object]) -> TestResponse:
        """What somebody is answered at a page, who sends a form with a good token if it takes one."""
        visitor, path = self.visitors[kind], self.routes()[route]
        if route.startswith("GET"):
            return visitor.answer(path)
        form = {name: (io.BytesIO(it), "file") if isinstance(it, bytes) else it for name, it in form.items()}
        return visitor.client.post(path, data={"form_token": token_of(visitor), **form}, buffered=True)


def token_of(visitor: Visitor) -> str:
    """The token of a page that this visitor sees, be it the one to sign in at."""
    front = visitor.answer("/")
    page = Page(front.text) if front.status_code == 200 else visitor.page("/sign-in")
    return next(str(form.values["form_token"]) for form in page.forms if "form_token" in form.values)


def _lying_around(tx: Tx, site: Site) -> dict[str, object]:
    """A paper, a draft, a substitution, a letter, a parked job: whatever an address can name."""
    head, stranger, admin = (site.stage.people[name] for name in (HEAD, "stranger", "admin"))
    current = publishing.current(tx, "unit_plan")
    publishing.save_draft(tx, "unit_plan", current.text, person_id=admin, now=NOW, seen=None)
    form = SubstitutionForm(head, stranger, "TL", "5/UQ-UBND", NOW.date(), date(2017, 12, 1))
    letter = {"person_id": head, "address": "", "subject": "x", "body_text": "x", "body_html": "x", "message_id": "x"}
    job = {"kind": "letter", "key": "x", "payload": "{}", "state": "parked", "made_at": NOW, "due_at": NOW}
    insert_one = tx.connection.execute
    return {
        "text_hash": current.hash,
        "name": "unit_plan",
        "action": "send",
        "ask": "council",
        "filename": "app.css",
        "remark": 999_999,
        "token": insert_one(select(DocumentVersion.token)).scalar_one(),
        "unit_id": site.stage.units["14437"],
        "person_id": stranger,
        "grant_id": insert_one(select(RoleGrant.id).where(RoleGrant.person_id == head).limit(1)).scalar_one(),
        "substitution_id": substitutions.appoint(tx, form, person_id=head, now=NOW),
        "letter_id": insert_one(insert(Letter).values(**letter, made_at=NOW).returning(Letter.id)).scalar_one(),
        "job_id": insert_one(insert(Job).values(**job).returning(Job.id)).scalar_one(),
    }
