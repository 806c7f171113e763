"""The tracker on the page of a plan: what was promised, done, what comes next, in the words that people read."""

import re
from datetime import timedelta

from tests.support.site import Site
from tests.support.site_plans import drafting, returned, signed, under_review
from tests.support.small_province import NOW
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.cases import Acted, act
from workflow.installation import business_time
from workflow.values import Act


def tracker(site: Site, path: str, username: str = "cucphuong.clerk") -> str:
    """The words of the tracker, from its heading to that of the history."""
    text = site.visitor(username).page(path).text
    return text[text.index("Tiến trình") :].partition("Lịch sử xử lý")[0]


def later(site: Site, days: int) -> None:
    with site.database.writing() as tx:
        business_time.move_to(tx, NOW + timedelta(days=days), person_id=None)


def test_a_draft_is_promised_nothing(site: Site):
    _, path = drafting(site)
    words = tracker(site, path)
    assert ("trả kết quả" in words, "Chưa đủ dữ liệu để dự đoán" in words) == (False, True)


def test_what_was_handed_in_says_by_when_it_is_answered_and_what_comes_next(site: Site):
    words = tracker(site, signed(site))
    assert "Thời gian trả kết quả: chậm nhất ngày 22/11/2017 (thứ Tư)." in words
    assert re.search(r"Đã ký ban hành kế hoạch \(đã qua\) Đinh Văn Ước 13/11/2017", words)
    assert re.search(r"Chờ tiếp nhận \(hiện nay\) hạn: hết ngày 15/11/2017 .* Đã ghi nhận \(tiếp theo\)", words)


def test_what_is_back_with_the_unit_stands_still(site: Site):
    assert "Thời gian trả kết quả tạm dừng từ 13/11/2017." in tracker(site, returned(site))


def test_what_is_late_is_apologised_for_with_a_new_date(site: Site):
    _, path = under_review(site)
    later(site, 14)
    assert "Xin lỗi ông/bà: trả kết quả chậm 3 ngày làm việc, hẹn lại 27/11/2017." in tracker(site, path)


def test_an_answer_in_time_says_so(site: Site):
    _, path = under_review(site)
    head = site.stage.people["nhoquan.head"]
    done = act(site.database, path.rpartition("/")[2], Act("acknowledge"), person_id=head, now=NOW + timedelta(hours=2))
    assert isinstance(done, Acted), done
    words = tracker(site, path)
    assert "Đã có kết quả ngày 13/11/2017, đúng hẹn: chậm nhất ngày 22/11/2017." in words
    assert "dự đoán" not in words
