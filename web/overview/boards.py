"""The board of a milestone as a picture of its progress, and as an Excel file.

Knows geometry and columns; how a unit stands is asked of the verb.
"""

from dataclasses import dataclass
from datetime import date

from flask import Flask
from flask_babel import gettext as _

from web.language import text
from workflow.exchange import workbook
from workflow.movements import BoardLine, MilestoneBoard
from workflow.values import Text

WIDTH, HEIGHT = 280, 64
GLYPHS = {"done": "✓", "busy": "●", "late": "▲", "idle": "○"}
WIDTHS = (34, 14, 34, 26, 18, 18, 30, 16)


@dataclass(frozen=True, slots=True)
class Chart:
    """A step line of how many were done by each day; `deadline_x` is where the milestone lies."""

    line: str
    area: str
    deadline_x: float
    first: date
    last: date
    points: tuple[tuple[date, int], ...]


def install(app: Flask) -> None:
    """Make the words and signs of how a unit stands known to the templates."""
    app.jinja_env.globals["glyphs"] = GLYPHS
    app.add_template_filter(standing_words)


def chart_of(board: MilestoneBoard) -> Chart | None:
    """Draw the progress of a milestone from the first day of the movement on; None where nothing is done yet."""
    points = board.finished
    if not points or not board.total:
        return None
    first = min(board.board.movement.begins_on, points[0][0])
    last = max(board.today, board.milestone.on_date) if board.today < board.milestone.on_date else board.today
    days = max((last - first).days, 1)

    def x_of(day: date) -> float:
        return round(WIDTH * min(max((day - first).days, 0), days) / days, 1)

    steps, height = [f"M0 {HEIGHT}"], float(HEIGHT)
    for day, number in points:
        steps.append(f"H{x_of(day)}")
        height = round(HEIGHT - HEIGHT * number / board.total, 1)
        steps.append(f"V{height}")
    steps.append(f"H{x_of(board.today)}")
    line = " ".join(steps)
    area = f"{line} V{HEIGHT} Z"
    return Chart(line, area, x_of(board.milestone.on_date), first, last, points)


def standing_words(line: BoardLine) -> str:
    """How a unit stands, in a word: the label of its case's state, or that nothing is there yet."""
    cell = line.cell
    if cell is None or cell.label is None:
        return str(_("được mời"))
    return str(_("Chưa lập")) if line.standing == "idle" or _is_untouched(line) else text(cell.label)


def _is_untouched(line: BoardLine) -> bool:
    return line.cell is not None and line.cell.tone is None and (line.cell.row.acted_version or 1) == 1


def excel_of(board: MilestoneBoard) -> bytes:
    """Write the board of a milestone as an Excel file, a row a unit."""
    heads = (
        _("Nhóm"), _("Mã đơn vị"), _("Tên đơn vị"), _("Trạng thái"), _("Ngày hoàn thành"), _("Hạn"),
        _("Bộ phận xử lý"), _("Mã hồ sơ"),
        *(text(Text(milestone.title_vi, milestone.title_en)) for milestone in board.others),
    )  # fmt: skip
    rows = [
        (text(group.name), *_cells(line), *(GLYPHS.get(line.others.get(one.name, ""), "") for one in board.others))
        for group in board.groups
        for line in group.lines
    ]
    return workbook(_("Tiến độ"), heads, rows, widths=(*WIDTHS, *(14 for _other in board.others)))


def _cells(line: BoardLine) -> tuple[str | date | None, ...]:
    cell = line.cell
    row = cell.row if cell is not None else None
    due = row.due_at if row is not None and line.standing != "done" else None
    done = row.entered_at if row is not None and line.standing == "done" else None
    seat = f"{text(Text(line.seat.role_vi, line.seat.role_en))}, {line.seat.unit_name}" if line.seat else None
    return (
        line.row.code, line.row.name, standing_words(line), done and done.date(), due and due.date(), seat,
        row.case_code if row is not None else None,
    )  # fmt: skip
