"""What nobody types by accident: values for every input, addresses for every page, files for every form."""

import ast
import io
from typing import Final

TEXTS: Final = (
    "",
    " ",
    "0",
    "-1",
    "1",
    "9" * 15,
    "9" * 16,
    "9" * 5_000,
    str(2**63),
    "1e9",
    "0x10",
    "²",
    "٣",
    "½",
    "1.234.567,89",
    "NaN",
    "null",
    "on",
    "31/02/2017",
    "0/0/0000",
    "31/12/9999",
    "1/1/1",
    "20/11/2017",
    "2017-11-20",
    "9999-12-31T23:59:59+14:00",
    "\0",
    "\x1b[31m",
    "a\r\nSet-Cookie: x=1",
    "\u202eđảo ngược",
    "\u200b",
    "e\u0301\u0323",
    "\ufffd",
    "\ufdd0",
    "😀" * 40,
    "x" * 300,
    "x" * 4_000,
    "a " * 1_000,
    "x" * 300_000,
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{0.__class__}",
    "%s%n%(x)s",
    "' OR 1=1 --",
    "../../etc/passwd",
    "javascript:alert(1)",
    "//[",
    "http://[::1",
    "//evil.example",
    "/\\evil.example",
    "x@",
    "x@" + "9" * 5_000,
    "x@1",
    "unit_plan@1",
    "award_nomination@99999999999999999999",
    "admin@372",
    "f.",
    "f.targets.0.indicator",
    "f.targets.999999999999999999999.indicator",
    "text:a:b:1:9999999999999999999999",
    "a=b&c=d",
    "KH-2017-0001=999999999999999999999",
)
FILES: Final = (
    b"",
    b"%PDF-1.4\n%%EOF",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04 broken",
    b"PK\x05\x06" + b"\0" * 18,
    b"\xff\xfe\0\0",
    b"code,name\n\xff",
    b"code;name\n" + b"x;y\n" * 2_000,
    b"- " * 30_000,
    b"a: &a [*a]\n",
    b"[" * 20_000,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)
FILE_NAMES: Final = (
    "a.pdf",
    "a.csv",
    "a.xlsx",
    "a.yaml",
    "a.docx",
    "../a.pdf",
    "a\0.csv",
    "x" * 300,
    "\u202efdp.exe",
    "",
)
READERS: Final = frozenset(
    {
        *("line_of", "day_of", "maybe_day_of", "id_of", "maybe_id_of", "ids_of", "asked_number", "file_of"),
        *("get", "getlist", "picked", "_pairs"),
    }
)
"""What the web calls to read an input by its name."""
EVERYWHERE: Final = ("next", "seen", "request_key", "words", "kept", "code", "person", "unit_id", "f.launch")
"""Inputs that modules beside a view's own ask for."""


def input_names(source: str) -> tuple[str, ...]:
    """The names of all inputs that a module of the web asks for by name."""
    names = {
        word.value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        for word in call.args[:1]
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and _asks(call.func)
    }
    return tuple(sorted({*names, *EVERYWHERE}))


def _asks(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in READERS


def file(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    """A file as the test's client takes it."""
    return io.BytesIO(content), name
