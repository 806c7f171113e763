"""A site to walk through: the small province with its movement published, and people who sign in as a browser does."""

import json
from datetime import datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from tests.support import small_province
from tests.support.page_reading import Page
from tests.support.small_province import DEFINITIONS, NOW, Stage
from web.app import create_app
from web.settings import WebSettings
from workflow.accounts import passwords
from workflow.files import Blobs
from workflow.installation import business_time
from workflow.movements import obligations
from workflow.organisation import GrantForm, grants, people
from workflow.storage.models import Base, CaseRow, SessionRow
from workflow.storage.queries import settings as settings_rows
from workflow.storage.queries.present import CLOCK_ANCHOR
from workflow.storage.session import Database, Tx

PASSWORD = "đi cấy dưới trăng"
MOVEMENT = (DEFINITIONS / "ninh_binh" / "movement.yaml").read_text("utf-8").partition("# The anniversary")[0]
CODE = "nguoi-ngheo-2016-2020"
AWARDS = {"nhoquan.officer": "award_officer", "nhoquan.head": "award_reviewer", "nhoquan.chairman": "award_decider"}
ASKING = 'id="consequences"'
"""Marks the page that asks before an act is done."""
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


class Compiled(BytecodeCache):
    """Templates as some site of this process has compiled them: the next one need not."""

    kept: dict[str, bytes] = {}  # noqa: RUF012 - shared on purpose

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


def build(url: str, **more: object) -> Stage:
    """Put the province, its demo clock and its movement into a migrated database; everybody has the same password."""
    database = Database(url)
    with database.writing() as tx:
        business_time.mark_demo(tx, starts_at=NOW)
        built = small_province.build(tx, **more)  # type: ignore[arg-type]
        _let_in(tx, built)
        obligations.import_movement(tx, MOVEMENT.encode(), name="movement.yaml", person_id=None, now=NOW)
        list(obligations.publish_movement(tx, CODE, person_id=None, now=NOW))
    if database.dialect == "sqlite":
        with database.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()
    return built


def _let_in(tx: Tx, built: Stage) -> None:
    hashed = passwords.hashed(PASSWORD, username="nobody")
    for person_id in built.people.values():
        people.set_password(tx, person_id, hashed, now=NOW)
    for username, role in AWARDS.items():
        form = GrantForm(built.people[username], role, built.units["372"], small_province.SINCE)
        grants.grant(tx, form, person_id=None, now=NOW)


def _starting(machine_now: datetime) -> str:
    """Let the clock of a copy start when the copy is opened, however long ago the site was built."""
    return json.dumps({"business": NOW.isoformat(), "machine": machine_now.isoformat()})


class Site:
    """The application over a copy of the province."""

    def __init__(self, url: str, folder: Path, built: Stage, **settings: object) -> None:
        self.database = Database(url)
        with self.database.writing() as tx:
            settings_rows.put(tx, CLOCK_ANCHOR, _starting(tx.machine_now()))
        self.stage = built
        self.app: Flask = create_app(
            self.database,
            blobs=Blobs(folder / "blobs"),
            settings=WebSettings(secret_key="k" * 40, **settings),  # type: ignore[arg-type]
        )
        self.app.jinja_env.bytecode_cache = Compiled()

    def visitor(self, username: str) -> "Visitor":
        """A browser in which somebody has signed in."""
        visitor = Visitor(self.app.test_client())
        answer = visitor.press("/sign-in", "/sign-in", username=username, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        return visitor

    def case_of(self, unit: str) -> str:
        """The code of the case that the movement opened for a unit."""
        wanted = select(CaseRow.code).where(CaseRow.unit_id == self.stage.units[unit]).order_by(CaseRow.id).limit(1)
        with self.database.reading() as tx:
            return str(tx.connection.execute(wanted).scalar_one())

    def digest(self) -> str:
        """Everything that stands in the record but signs of life."""
        tables = [table for table in Base.metadata.sorted_tables if table is not SessionRow.__table__]
        with self.database.reading() as tx:
            rows = {table.name: sorted(map(repr, tx.connection.execute(select(table)))) for table in tables}
        return "\n".join(f"{name}: {row}" for name, found in rows.items() for row in found)

    def close(self) -> None:
        self.database.close()


class Visitor:
    """Somebody at a browser without scripts."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def answer(self, path: str) -> TestResponse:
        return self.client.get(path, buffered=True)

    def page(self, path: str, status: int = 200) -> Page:
        answer = self.answer(path)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return Page(answer.text)

    def new_case(self, definition: str, movement: str | None = None) -> str:
        """The address of the form of a new case, as the page that asks for its kind makes it."""
        question = Page(self.client.get("/my-unit/new").text)
        kind = next(value for value in question.choices["kind"] if value.startswith(f"{definition}@"))
        chosen = movement or next(iter(question.choices.get("movement", [])), "")
        return f"/my-unit/new/form?kind={kind}&movement={chosen}"

    def press(self, path: str, target: str, /, **typed: object) -> TestResponse:
        """Open a page, fill in the form that goes to `target` and send it there; names come with `__` for a dot."""
        return self.send(self.page(path), target, **typed)

    def send(self, page: Page, target: str, /, **typed: object) -> TestResponse:
        """Fill in a form of a page already open, and go on where the next page asks whether to."""
        answer = self.tries(page, target, **typed)
        asked = answer.status_code == 200 and ASKING in answer.text
        return self.tries(Page(answer.text), target) if asked else answer

    def tries(self, page: Page, target: str, /, **typed: object) -> TestResponse:
        """Fill in a form of a page already open, and stop at the page that comes."""
        values = page.form(target).values | {name.replace("__", "."): value for name, value in typed.items()}
        return self.client.post(target, data=values, content_type="multipart/form-data")

    def token(self) -> str:
        forms = self.page("/").forms
        return next(str(form.values["form_token"]) for form in forms if "form_token" in form.values)
