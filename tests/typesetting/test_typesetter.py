"""Papers as PDF: the same bytes for the same paper, text that stays text, a failure that is an answer."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from workflow.typesetting import PaperNotMade, typeset

FONTS = Path(__file__).parents[2] / "web" / "static" / "fonts"
LETTERS = "ẠẶẬỆỘỢỤỨỰỲỸ ạặậệộợụứựỳỹ Đđ Ơơ Ưư – “ ” …"


def paper(*lines: str) -> dict:
    entry = {"is": "entry", "number": "1", "name": "Trình", "by": "Lan", "lines": [*lines], "hash": "a" * 64}
    blocks = [{"is": "heading", "name": "Lịch sử", "subject": "KH-2017-0001"}, entry, {"is": "note", "text": "Hết"}]
    return {"title": "Lịch sử", "author": "Trình", "foot": "KH-2017-0001", "language": "vi", "blocks": blocks}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_every_vietnamese_letter_is_in_the_font():
    pdf = typeset(paper(LETTERS), fonts=FONTS)
    assert LETTERS in text_of(pdf)
    fonts = {str(font["/BaseFont"]) for page in PdfReader(io.BytesIO(pdf)).pages for font in fonts_of(page)}
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"Tinos"}


def fonts_of(page) -> list:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_the_same_paper_has_the_same_bytes():
    assert typeset(paper("một"), fonts=FONTS) == typeset(paper("một"), fonts=FONTS)


def test_a_long_history_has_numbered_pages():
    long = paper()
    long["blocks"] = [*long["blocks"], *[long["blocks"][1]] * 200]
    pages = PdfReader(io.BytesIO(typeset(long, fonts=FONTS))).pages
    assert len(pages) > 5
    assert pages[1].extract_text().rstrip().endswith(f"2/{len(pages)}")


@pytest.mark.parametrize("hostile", ['#read("/etc/passwd")', "#let x = 1", "*b* _i_ $x$ @a <b> \\ //", "\u0000\u202e"])
def test_text_stays_text(hostile):
    assert "root:" not in text_of(typeset(paper(hostile), fonts=FONTS))


def test_a_paper_that_cannot_be_set_is_refused():
    with pytest.raises(PaperNotMade, match="exit 3"):
        typeset({"title": "Không có nội dung"}, fonts=FONTS)
