"""A file of units: every fault is listed with its row and column, and a faulty file imports nothing."""

import io
from datetime import date

import pytest
import xlsxwriter

from tests.support.small_province import NOW, UNITS, Stage
from workflow.exchange.tables import FaultyFile, TableFault
from workflow.organisation import units
from workflow.storage.session import Database

HEAD = "code,name,kind,parent,valid_from,valid_to,owes"


def _faults(database: Database, content: bytes) -> list[tuple[str, int | None, str | None]]:
    with database.writing() as tx:
        before = units.every(tx)
        with pytest.raises(FaultyFile) as refused:
            units.import_file(tx, content, name="sai.csv", person_id=None, now=NOW)
        assert units.every(tx) == before
    return [(fault.code, fault.row, fault.column) for fault in refused.value.faults]


@pytest.mark.usefixtures("province")
def test_every_fault_of_a_file_is_listed_with_its_row(database: Database):
    rows = [
        "A1,Xã một,commune,372,01/01/2000,,yes",
        "A1,Xã hai,commune,372,01/01/2000,,yes",
        "A3,Xã ba,village,372,01/01/2000,,yes",
        "A4,Xã bốn,commune,999,01/01/2000,,yes",
        "A5,Céng hoµ x· héi,commune,372,01/01/2000,,yes",
        "A6,Xã sáu,commune,372,31/02/2000,,yes",
        "A7,Xã bảy,commune,372,01/01/2000,01/01/1999,yes",
        "A8,,commune,372,01/01/2000,,maybe",
        "A9,Xã chín,commune,B1,01/01/2000,,yes",
        "B1,Xã mười,commune,A9,01/01/2000,,yes",
        "B2,Tỉnh hai,province,,01/01/2000,,no",
    ]
    assert _faults(database, "\n".join([HEAD, *rows]).encode()) == [
        ("code_twice", 3, "code"),
        ("kind_unknown", 4, "kind"),
        ("parent_unknown", 5, "parent"),
        ("legacy_font", 6, "name"),
        ("date_malformed", 7, "valid_from"),
        ("span_empty", 8, "valid_to"),
        ("value_needed", 9, "name"),
        ("owes_unknown", 9, "owes"),
        ("parent_circle", 10, "parent"),
        ("parent_circle", 11, "parent"),
        ("second_top", 12, "parent"),
    ]


@pytest.mark.usefixtures("province")
def test_missing_and_unknown_columns_are_named(database: Database):
    content = b"code,name,parent,valid_from,colour\nA1,X,372,01/01/2000,red\n"
    assert _faults(database, content) == [("column_missing", 1, "kind"), ("column_unknown", 1, "colour")]


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_empty"),
        (HEAD.encode() + b"\n", "table_empty"),
        ("code,name\nA1,Xã".encode("utf-16"), "file_not_utf8"),
        (b"\xd0\xcf\x11\xe0 old excel", "file_old_excel"),
        (b"PK\x03\x04 no archive", "file_unreadable"),
        (b"x" * (5 * 1024 * 1024 + 1), "table_too_large"),
        (b'code,name\n"A1,never closed', "file_unreadable"),
    ],
)
def test_what_is_no_table_is_refused(database: Database, content: bytes, code: str):
    assert [fault[0] for fault in _faults(database, content)] == [code]


@pytest.mark.usefixtures("province")
def test_a_bomb_of_an_archive_is_refused_before_it_is_unpacked(database: Database):
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert [fault[0] for fault in _faults(database, packed.getvalue())] == ["file_too_complex"]


def _workbook(rows: list[list[object]]) -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, dates if isinstance(cell, date) else None)
    return packed.getvalue()


def test_a_workbook_with_numbers_and_real_dates_is_read(database: Database, province: Stage):
    content = _workbook([HEAD.split(","), [14500, "UBND xã Mới", "commune", 372, date(2000, 1, 1), None, "yes"]])
    with database.writing() as tx:
        imported = units.import_file(tx, content, name="mới.xlsx", person_id=None, now=NOW)
        added = units.find_code(tx, "14500")
    assert imported.added == 1
    assert (added.name, added.valid_from, added.parent_id) == ("UBND xã Mới", date(2000, 1, 1), province.units["372"])


@pytest.mark.usefixtures("province")
def test_a_file_saved_by_excel_with_semicolons_and_a_mark_is_read(database: Database):
    content = ("\ufeff" + UNITS.replace(",", ";")).encode()
    with database.writing() as tx:
        assert units.import_file(tx, content, name="units.csv", person_id=None, now=NOW).changed == 10


@pytest.mark.usefixtures("province")
def test_decomposed_letters_are_composed_silently(database: Database):
    import unicodedata

    name = unicodedata.normalize("NFD", "UBND xã Thủy Đức")
    with database.writing() as tx:
        content = f"{HEAD}\nA1,{name},commune,372,2000-01-01,,yes\n".encode()
        units.import_file(tx, content, name="nfd.csv", person_id=None, now=NOW)
        assert units.find_code(tx, "A1").name == "UBND xã Thủy Đức"


def test_a_faulty_form_names_the_column(database: Database, province: Stage):
    cells = {"code": "A1", "name": "Xã một", "kind": "commune", "parent": "999", "valid_from": "01/01/2000"}
    with database.writing() as tx, pytest.raises(FaultyFile) as refused:
        units.edit(tx, cells, person_id=province.people["admin"], now=NOW)
    assert [(fault.code, fault.column) for fault in refused.value.faults] == [("parent_unknown", "parent")]


def test_a_fault_is_said_with_its_place_in_both_languages():
    fault = TableFault("date_malformed", 7, "valid_from", {"found": "31/02/2000"})
    vietnamese = "dòng 7, valid_from: Ngày không hợp lệ: “31/02/2000”. Đề nghị ghi dd/mm/yyyy, ví dụ: 15/11/2017."
    assert fault.line("vi") == vietnamese
    assert fault.line("en").startswith("row 7, valid_from: “31/02/2000” is not a date")
