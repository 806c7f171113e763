"""Files as offices send them, made here: PDFs of text and of scans in four codings, pictures, Word, Excel.

Every scan shows the same: a black square in the middle of 24 by 24 white points.
"""

import base64
import io
import zipfile
import zlib
from collections.abc import Sequence

import docx
import xlsxwriter

SIDE = 24
_G4_WHITE, _G4_SQUARE_BEGINS, _G4_SAME, _G4_ENDS = "1", "001" + "10011" + "000101" + "1", "111", "0001" + "1"
_G4_END_OF_BLOCK = "000000000001" * 2
JPEG_2000 = base64.b64decode(
    "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAGAAAABgAAQcHAAAAAAAPY29scgEAAAAAABEAAAFUanAyY/9P"
    "/1EAKQAAAAAAGAAAABgAAAAAAAAAAAAAABgAAAAYAAAAAAAAAAAAAQcBAf9SAAwAAAABAAQEBAAB/1wAEEBASEhQSEhQSEhQSEhQ/2QAJQABQ3JlYXRl"
    "ZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS40/5AACgAAAAAA1gAB/5PPtBQB6wxEf8/ADn4AcfgBAAxMfAxMfAcnz8AufgFw+0KAEptEZ2Oedi7M7UcS"
    "n/3lfTKoUfEXewloZj0cF9zNxl/PwF5+AvD7RIAZwiuvgqL0LU1JdoLy8d10ndBdNn5nHyDGrIyLi/dXR7Mr3qzxKipJDSHzlDlaFdipPrG5zhCUbeaL"
    "DUZ1wBhez8BWfgKQ+0LAXk6Y6XNDkHKkBjMEoI37kc+lLk3DLj6ZXombJTFDgpNQUIeZu6Gjnh0kxkBxTnLpLi7/f//Z"
)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAYCAIAAABvFaqvAAAAM0lEQVR4nGP8//8/AzUAE1VMGTVoiBrEgkuCkZERqziudDf4vDZqEB0NYhwtj0YNogIA"
    "AAdLCSuzNGoMAAAAAElFTkSuQmCC"
)


def pdf(*pages: str) -> bytes:
    """A PDF with a page for each text, in a font that the file does not bring along."""
    texts = [f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode() for text in pages]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
    return _pdf([(text, b"/Font << /F1 3 0 R >>") for text in texts], [font])


def scan(coding: str) -> bytes:
    """A PDF of one scanned page, coded as `jpeg2000`, `g4`, `jbig2` or `flate`."""
    filters = {
        "jpeg2000": (b"/JPXDecode", b"", JPEG_2000),
        "g4": (b"/CCITTFaxDecode", b"/DecodeParms << /K -1 /Columns 24 /Rows 24 >> /BitsPerComponent 1", _g4()),
        "jbig2": (b"/JBIG2Decode", b"/BitsPerComponent 1", _jbig2()),
        "flate": (b"/FlateDecode", b"/BitsPerComponent 8", zlib.compress(_points())),
    }
    name, more, content = filters[coding]
    head = b"<< /Type /XObject /Subtype /Image /Width 24 /Height 24 /ColorSpace /DeviceGray /Filter " + name
    image = head + b" " + more + f" /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"
    return _pdf([(b"q 595 0 0 842 0 0 cm /Im Do Q", b"/XObject << /Im 3 0 R >>")], [image])


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password which nobody knows."""
    secret = b"<" + b"5a" * 32 + b">"
    more = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O " + secret + b" /U " + secret + b" >>"
    return _pdf([(b"", b"")], [b"null"], trailer=more)


def word(*paragraphs: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    document = docx.Document()
    document.add_heading(paragraphs[0], level=1)
    for text in paragraphs[1:]:
        document.add_paragraph(text)
    if table:
        drawn = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(drawn.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def broken_word() -> bytes:
    """A Word file whose text is cut off in the middle."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word("Kế hoạch"))) as whole,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as broken,
    ):
        for name in whole.namelist():
            content = whole.read(name)
            broken.writestr(name, content[: len(content) // 2] if name == "word/document.xml" else content)
    return written.getvalue()


def workbook(rows: Sequence[Sequence[object]], *, sheet: str = "Phân công") -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return written.getvalue()


def _pdf(pages: list[tuple[bytes, bytes]], shared: list[bytes], *, trailer: bytes = b"") -> bytes:
    """Put a file together: catalogue, tree, what pages share from the third object on, then pages and contents."""
    first = 3 + len(shared)
    numbers = [first + 2 * at for at in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    objects += shared
    for number, (content, resources) in zip(numbers, pages, strict=True):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R /Resources << "
        objects.append(page.encode() + resources + b" >> >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    written, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    begins = len(written)
    written += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    written += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    written += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R ".encode() + trailer + b" >>\n"
    return bytes(written + f"startxref\n{begins}\n%%EOF\n".encode())


def _points() -> bytes:
    inside = range(SIDE // 3, 2 * SIDE // 3)
    return bytes(0 if row in inside and column in inside else 255 for row in range(SIDE) for column in range(SIDE))


def _bits(text: str) -> bytes:
    padded = text + "0" * (-len(text) % 8)
    return int(padded, 2).to_bytes(len(padded) // 8)


def _g4() -> bytes:
    third = SIDE // 3
    square = _G4_SQUARE_BEGINS + _G4_SAME * (third - 1)
    return _bits(_G4_WHITE * third + square + _G4_ENDS + _G4_WHITE * (third - 1) + _G4_END_OF_BLOCK)


def _jbig2() -> bytes:
    """A page and one region in the coding of fax machines, as segments that a PDF embeds."""
    side = SIDE.to_bytes(4)
    page = side + side + bytes(8) + b"\x00" + bytes(2)
    region = side + side + bytes(8) + b"\x00" + b"\x01" + _g4()
    return _segment(0, 48, page) + _segment(1, 38, region)


def _segment(number: int, kind: int, content: bytes) -> bytes:
    return number.to_bytes(4) + bytes([kind, 0, 1]) + len(content).to_bytes(4) + content
