"""Letters: every notice has its words in both languages, says what, by when and where, and cannot forge headers."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from tests.support.calendar_facts import hanoi, vietnam
from workers.letters.posting import MailServer, Post, message_of
from workers.letters.wording import FOLDER, LANGUAGES, PARTS, word
from workflow.deadlines import NotificationView
from workflow.storage.queries.notices import LetterRow, NoticeRow
from workflow.values import Text

OF_ACCOUNTS = ("credentials", "invitation", "reset")
NOTICES = ("turn", "ask", "reminder", "overdue", "escalation", "outcome", "told", "undone", "ask_reminder")
BASE_URL = "https://trinh.example"


def notice(kind="turn", *, language="vi", facts=None, due="2017-11-15 00:00", **row):
    facts = {"state": "owed", "action": "send", "days_left": 2, "days_late": 3, "rung": 1, **(facts or {})}
    values = {
        "id": 7,
        "notice": kind,
        "facts": "{}",
        "made_at": datetime(2017, 11, 13, 1, tzinfo=UTC),
        "read_at": None,
        "was": "draft",
        "at": hanoi("2017-11-13 09:30"),
        "person_id": 3,
        "full_name": "Đinh Thị Lan",
        "title_vi": "Công chức Văn phòng",
        "title_en": "Office clerk",
        "language": language,
        "email": "lan@example.org",
        "case_code": "KH-2017-0042",
        "case_title": "",
        "definition": "0" * 64,
        "definition_vi": "Kế hoạch của đơn vị",
        "definition_en": "Unit plan",
        "unit_name": "Xã Cúc Phương",
        "actor_name": None,
    }
    labels = {"state": Text("Chưa thực hiện", "Not started"), "action": Text("Gửi lãnh đạo", "Send to the head")}
    return NotificationView(NoticeRow(**(values | row)), facts, **labels, due_at=hanoi(due) if due else None)


def worded(kind="turn", **facts):
    return word(notice(kind, **facts), base_url=BASE_URL, calendar=vietnam())


def test_each_notice_has_a_folder_with_all_parts_in_both_languages_and_nothing_else():
    wanted = {f"{part}.{language}" for part in PARTS for language in LANGUAGES}
    folders = {path.name: {file.name for file in path.iterdir()} for path in FOLDER.iterdir() if is_notice(path)}
    assert folders == dict.fromkeys((*NOTICES, *OF_ACCOUNTS), wanted)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NOTICES)
@pytest.mark.parametrize("due", ["2017-11-16 17:00", None])
def test_every_notice_names_the_case_and_links_it_once(kind, language, due):
    letter = worded(kind, language=language, due=due)
    assert letter.subject.startswith("KH-2017-0042: ")
    assert len(letter.subject.splitlines()) == 1
    for body in (letter.text, letter.html):
        assert body.count(f"{BASE_URL}/cases/KH-2017-0042") == 1
        assert "Đinh Thị Lan" in body
        assert "Xã Cúc Phương" in body
        assert "None" not in body


@pytest.mark.parametrize(
    ("kind", "language", "subject"),
    [
        ("turn", "vi", "KH-2017-0042: Đến lượt xử lý – Chưa thực hiện, hạn hết ngày 14/11/2017"),
        ("turn", "en", "KH-2017-0042: Your turn – Not started, due the end of 14/11/2017"),
        ("reminder", "vi", "KH-2017-0042: Nhắc việc – Chưa thực hiện, còn 2 ngày làm việc, hạn hết ngày 14/11/2017"),
        ("overdue", "en", "KH-2017-0042: Overdue by 3 working days – Not started, was due the end of 14/11/2017"),
        (
            "escalation",
            "vi",
            "KH-2017-0042: Báo cáo chậm 3 ngày làm việc – Xã Cúc Phương, Chưa thực hiện, hạn hết ngày 14/11/2017",
        ),
        ("outcome", "vi", "KH-2017-0042: Kết quả – Chưa thực hiện"),
        ("told", "en", "KH-2017-0042: Send to the head – Not started, due the end of 14/11/2017"),
    ],
)
def test_a_subject_has_code_verb_and_deadline(kind, language, subject):
    assert worded(kind, language=language).subject == subject


def test_a_deadline_within_a_day_has_its_hour():
    assert "hạn 17:00 ngày 16/11/2017" in worded(due="2017-11-16 17:00").subject


def test_a_reminder_on_the_last_day_says_so():
    assert "hạn hôm nay" in worded("reminder", facts={"days_left": 0}).subject


def test_an_unknown_language_is_answered_in_vietnamese():
    assert "Kính gửi" in worded(language="fr").text


def test_what_people_typed_is_escaped_in_html_and_left_alone_in_text():
    letter = worded(case_title='<img src=x onerror="alert(1)">', actor_name="A & B")
    assert "<img" not in letter.html
    assert "&lt;img src=x" in letter.html
    assert "A &amp; B" in letter.html
    assert '<img src=x onerror="alert(1)">' in letter.text


def test_a_message_is_read_back_as_it_was_written():
    message = transmitted(letter())
    assert message["Subject"] == "KH-2017-0042: Đến lượt xử lý – Chưa thực hiện"
    assert message["To"] == "Đinh Thị Lan <lan@example.org>"
    assert message["Message-ID"] == "<abc@trinh.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "Trinh <trinh.trinh.example>"
    assert message["Date"].datetime == datetime(2017, 11, 13, 1, tzinfo=UTC)
    assert message.get_body(("plain",)).get_content().splitlines() == ["Kính gửi"]
    assert message.get_body(("html",)).get_content().splitlines() == ["<p>Kính gửi</p>"]


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_line_break_in_a_name_or_a_subject_writes_no_header(ending):
    forged = f"x{ending}Bcc: everybody@example.org"
    message = transmitted(replace_row(letter(), subject=forged, full_name=forged))
    assert message["Bcc"] is None
    assert message["Subject"] == "x Bcc: everybody@example.org"
    assert [str(address.addr_spec) for address in message["To"].addresses] == ["lan@example.org"]


@pytest.mark.parametrize("address", ["lan@example.org, everybody@example.org", "lan@example.org\r\nBcc: x@y.z", "lan"])
def test_an_address_that_is_not_one_is_refused(address):
    with pytest.raises((ValueError, IndexError)):
        transmitted(replace_row(letter(), address=address))


def test_a_password_is_not_shown_with_the_settings():
    post = Post(BASE_URL, server=MailServer("mail", 25, username="u", password="canary"))
    assert "canary" not in repr(post)


def letter():
    return LetterRow(
        id=1,
        notification_id=7,
        person_id=3,
        full_name="Đinh Thị Lan",
        address="lan@example.org",
        subject="KH-2017-0042: Đến lượt xử lý – Chưa thực hiện",
        body_text="Kính gửi\n",
        body_html="<p>Kính gửi</p>\n",
        message_id="<abc@trinh.example>",
        made_at=datetime(2017, 11, 13, 1, tzinfo=UTC),
        transmissions=0,
        sent_at=None,
    )


def replace_row(row, **values):
    return row._replace(**values)


def transmitted(row):
    raw = message_of(row, sender="Trình <trinh@trinh.example>", host="trinh.example").as_bytes()
    return message_from_bytes(raw, policy=policy.default)


def is_notice(path):
    return path.is_dir() and path.name not in {"shared", "__pycache__"}
