"""Lists, votes and counts of papers through the pages, without scripts: a council from its agenda to its result."""

import io

import pytest

from tests.support.council_site import Council
from tests.support.page_reading import Page
from tests.support.site import PDF, Site
from tests.support.small_province import NOW
from tests.support.statement_counts import PREPARES, count_statements
from tests.web.kinds import kind  # noqa: F401 - takes the place of that for all tests
from workflow.desk import annexes

PAPERS = {"issued": 3, "collected": 3, "valid": 3, "invalid": 0, "agree": 3, "disagree": 0}


@pytest.fixture
def council(site: Site) -> Council:
    return Council(site)


def test_cases_that_may_stand_on_a_list_are_offered_and_a_draft_keeps_the_choice(council: Council):
    secretary, path = council.session()
    one, _ = council.nominees
    page = secretary.page(path)
    assert "Nguyễn Văn Bình" in page.text
    assert "f.nominees" not in page.form(f"{path}/draft").values
    assert secretary.send(page, f"{path}/draft", f__nominees=[one]).status_code == 303
    assert secretary.page(path).form(f"{path}/draft").values["f.nominees"] == [one]


def test_a_case_is_found_by_words_or_put_there_by_its_code_or_all_at_once(council: Council):
    secretary, path = council.session()
    one, two = council.nominees
    found = Page(secretary.press(path, f"{path}/rows", find__nominees="hoa").text)
    assert "Trần Thị Hoa" in found.text
    assert "Nguyễn Văn Bình" not in found.text
    put = Page(secretary.press(path, f"{path}/rows", find__nominees=two.lower()).text)
    assert put.form(f"{path}/draft").values["f.nominees"] == [two]
    every = Page(secretary.press(path, f"{path}/rows", pick="nominees").text)
    assert set(every.form(f"{path}/draft").values["f.nominees"]) == {one, two}


def test_an_act_puts_ticked_cases_on_the_list_and_their_page_says_so(council: Council):
    secretary, path = council.session()
    one, two = council.nominees
    form = {"f__mode": "written", "f__day": "15/12/2017"}
    assert secretary.press(path, f"{path}/actions/convene", **form, f__nominees=[one]).status_code == 303
    text = secretary.page(path).text
    assert "Phiếu kín" in text
    assert "Hội đồng đang bỏ phiếu" in secretary.page(f"/cases/{one}").text
    assert "Chờ họp Hội đồng" in secretary.page(f"/cases/{two}").text


def test_a_case_that_cannot_be_put_is_said_at_the_list_and_what_was_ticked_stays(council: Council):
    secretary, path = council.session()
    one, _ = council.nominees
    form = {"f__mode": "written", "f__day": "15/12/2017", "find__nominees": "NDC-2017-9999"}
    answer = secretary.press(path, f"{path}/actions/convene", **form, f__nominees=[one])
    assert answer.status_code == 422
    assert "Không đưa được hồ sơ NDC-2017-9999 vào danh sách" in Page(answer.text).text
    assert one in Page(answer.text).form(f"{path}/draft").values["f.nominees"]
    assert 'aria-describedby="f.nominees.NDC-2017-9999.fault"' in answer.text


def test_a_member_answers_on_each_line_and_nobody_reads_how(council: Council):
    path = council.voting()
    one, two = council.nominees
    an = council.site.visitor("an")
    page = an.page(path)
    assert "không ghi lựa chọn" in page.text
    act = f"{path}/actions/answer:ballot"
    choices = {f"answer:ballot.{one}": "agree", f"answer:ballot.{two}": "disagree"}
    reviewed = Page(an.tries(page, act, **choices).text)
    assert "Nguyễn Văn Bình Đồng ý Trần Thị Hoa Không đồng ý" in reviewed.text
    assert an.page(path).offers(act)
    assert an.send(reviewed, act).status_code == 303
    after = an.page(path)
    assert not after.offers(act)
    assert "1/3 ủy viên đã bỏ phiếu" in after.text
    assert "Ông/bà đã trả lời rồi" in after.text
    assert "“Kiểm phiếu giấy: Phiếu kín” không thuộc lượt xử lý của ông/bà" in after.text
    assert "Đồng ý:" not in council.site.visitor("secretary").page(path).text


def test_a_line_left_open_is_marked_and_what_was_chosen_stays(council: Council):
    path = council.voting()
    one, _ = council.nominees
    an = council.site.visitor("an")
    chosen = {f"answer:ballot.{one}": "agree"}
    refused = an.press(path, f"{path}/actions/answer:ballot", **chosen)
    assert refused.status_code == 422
    page = Page(refused.text)
    assert page.text.count("Chưa chọn") == 1
    assert page.form(f"{path}/rows").values[f"answer:ballot.{one}"] == "agree"


def test_one_press_fills_the_open_lines_and_sends_nothing(council: Council):
    path = council.voting()
    one, two = council.nominees
    an = council.site.visitor("an")
    chosen = {f"answer:ballot.{one}": "disagree", "fill": "ballot.agree"}
    page = Page(an.press(path, f"{path}/rows", **chosen).text)
    values = page.form(f"{path}/rows").values
    assert (values[f"answer:ballot.{one}"], values[f"answer:ballot.{two}"]) == ("disagree", "agree")
    assert "0/3 ủy viên đã bỏ phiếu" in page.text
    assert an.send(page, f"{path}/actions/answer:ballot").status_code == 303


def test_nobody_is_asked_about_themselves(site: Site):
    council = Council(site, ())
    council.nominees = [council.nominee("Lò Thị An", person="an"), council.nominee("Trần Thị Hoa")]
    path = council.voting()
    an = council.site.visitor("an")
    assert "Liên quan đến ông/bà: không biểu quyết" in an.page(path).text
    choices = {f"answer:ballot.{council.nominees[1]}": "agree"}
    assert an.press(path, f"{path}/actions/answer:ballot", **choices).status_code == 303


def papers(council: Council, **wrong: object) -> dict[str, object]:
    one, two = council.nominees
    lines = {one: PAPERS, two: PAPERS | {"agree": 2, "disagree": 1} | wrong}
    return {f"count:ballot.{code}.{name}": str(n) for code, line in lines.items() for name, n in line.items()}


def test_a_count_of_papers_is_typed_in_and_shows_what_came_of_it(council: Council):
    path = council.voting()
    secretary = council.site.visitor("secretary")
    assert secretary.press(path, f"{path}/actions/count:ballot", **papers(council)).status_code == 303
    text = secretary.page(path).text
    assert "đã kết thúc" in text
    assert "không thông qua" in text
    minutes = {"close__minutes__file": (io.BytesIO(PDF), "Biên bản.pdf"), "close__minutes__symbol": "3/BB-HĐ"}
    closed = secretary.press(path, f"{path}/actions/close", **minutes, close__minutes__dated="13/11/2017")
    assert closed.status_code == 303
    assert "Trần Thị Hoa ND-2017-0002 2 1 3 3 0" in secretary.page(path).text
    assert "Hội đồng không thông qua" in secretary.page(f"/cases/{council.nominees[1]}").text


@pytest.mark.parametrize(
    ("wrong", "cell", "sentence"),
    [
        ({"issued": 4}, "issued", "nhiều hơn số người được bỏ phiếu (3)"),
        ({"collected": 4}, "collected", "nhiều hơn số phiếu phát ra (3)"),
        ({"invalid": 1}, "valid", "Hợp lệ cộng không hợp lệ là 4, phải bằng số phiếu thu về (3)"),
        ({"agree": 1}, "agree", "Tổng các ý kiến là 2, phải bằng số phiếu hợp lệ (3)"),
        ({"agree": "hai"}, "agree", "Cần một số đếm"),
        ({"agree": ""}, "agree", "Cần một số đếm"),
    ],
)
def test_a_count_that_does_not_add_up_is_said_at_its_number(council: Council, wrong, cell, sentence):
    path = council.voting()
    secretary = council.site.visitor("secretary")
    answer = secretary.press(path, f"{path}/actions/count:ballot", **papers(council, **wrong))
    assert answer.status_code == 422
    assert sentence in Page(answer.text).text
    at_fault = [line for line in answer.text.split("<input") if 'aria-invalid="true"' in line.partition(">")[0]]
    assert any(f'name="count:ballot.{council.nominees[1]}.{cell}"' in line for line in at_fault)
    values = Page(answer.text).form(f"{path}/actions/count:ballot").values
    assert values[f"count:ballot.{council.nominees[0]}.agree"] == "3"


def test_the_totals_of_a_secret_vote_stand_in_the_history_once_it_is_closed(council: Council):
    path = council.voting()
    code = path.removeprefix("/cases/")
    for who in ("an", "binh", "chi"):
        council.does(who, code, "answer:ballot", answer=dict.fromkeys(council.nominees, "agree"))
    secretary = council.site.visitor("secretary")
    assert "Nguyễn Văn Bình ND-2017-0001 3 0" not in secretary.page(path).text
    minutes = {"close__minutes__file": (io.BytesIO(PDF), "Biên bản.pdf"), "close__minutes__symbol": "3/BB-HĐ"}
    secretary.press(path, f"{path}/actions/close", **minutes, close__minutes__dated="13/11/2017")
    assert "Nguyễn Văn Bình ND-2017-0001 3 0" in secretary.page(path).text


def test_an_annex_asks_for_as_much_whatever_the_number_of_its_cases(council: Council):
    few = council.nominees
    council.voting()
    council.nominees = many = [council.nominee(f"Nguyễn Văn {number}") for number in range(12)]
    council.voting()
    numbers = []
    for codes in (few, many):
        with council.site.database.reading() as tx, count_statements(council.site.database) as said:
            told = annexes.annex(tx, codes, but="", person_id=council.people["secretary"], now=NOW)
        assert [line.votes for line in told.values()] == [()] * len(codes)
        numbers.append(len([statement for statement in said if statement != PREPARES]))
    assert numbers[0] == numbers[1] <= 8
