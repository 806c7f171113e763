"""Write the shipped calendar from the `holidays` library: run it again after an upgrade of that library.

Knows the library's spelling of swapped days and which law a holiday rests on; the engine never imports it. Run it
by hand: `python tools/seed_calendar.py > definitions/calendar.yaml`. A test compares the file with what this writes.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

import holidays

YEARS = range(2016, 2031)
_SWAPPED = "Day off (substituted from "
_CULTURE_DAY = "Vietnam Cultural Day"
_ANNOUNCED = "thông báo hoán đổi hằng năm"
_CODE_2019_IN_FORCE = 2021
_HEAD = """\
# The working calendar of Vietnam, {first}-{last}: the Python library holidays {version}, by tools/seed_calendar.py.
# Days announced later belong in the installation's own table; this file only seeds it.
calendar: vn
zone: Asia/Ho_Chi_Minh
office: ["07:30-11:30", "13:00-17:00"]
covers: {{first: "{first}-01-01", last: "{last}-12-31"}}
days:
"""


class Row(NamedTuple):
    """One line of the calendar."""

    day: date
    kind: str
    name: str
    source: str


def rows() -> Iterator[Row]:
    """List all days of the covered years that are not what their weekday says, ascending."""
    vi = holidays.country_holidays("VN", years=YEARS, language="vi")
    en = holidays.country_holidays("VN", years=YEARS, language="en_US")
    worked = {day for day in en.weekend_workdays if day.year in YEARS}
    for day in sorted({day for day in en if day.year in YEARS} | worked):
        if day in worked:
            yield Row(day, "worked", "Ngày làm bù | Worked in exchange", _ANNOUNCED)
            continue
        swapped = en[day].startswith(_SWAPPED)
        name = f"{vi[day]} | {_english(en[day])}"
        yield Row(day, "swap_off" if swapped else "holiday", name, _source(day, en[day]))


def _english(name: str) -> str:
    if not name.startswith(_SWAPPED):
        return name
    worked = datetime.strptime(name, f"{_SWAPPED}%m/%d/%Y)").replace(tzinfo=UTC).date()
    return f"Day off (in exchange for {worked})"


def _source(day: date, name: str) -> str:
    if name.startswith(_SWAPPED):
        return _ANNOUNCED
    if _CULTURE_DAY in name:
        return "Nghị quyết 80-NQ/TW"
    if day.year >= _CODE_2019_IN_FORCE:
        return "Bộ luật Lao động 2019, Điều 112"
    return "Bộ luật Lao động 2012, Điều 115"


def document() -> str:
    """Write the whole file."""
    head = _HEAD.format(first=YEARS[0], last=YEARS[-1], version=holidays.__version__)
    line = '  - {{date: "{0.day}", kind: {0.kind}, name: "{0.name}", source: "{0.source}"}}\n'
    return head + "".join(line.format(row) for row in rows())


if __name__ == "__main__":
    sys.stdout.write(document())
