"""The words around the names of a definition, Vietnamese and English: one catalogue each."""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_WORDS: Final = {
    "today": Text("hôm nay", "today"),
    "turn": Text("lượt xử lý", "the turn"),
    "clock": Text("thời hạn {name}", "the clock {name}"),
    "party": Text("“{name}”", "“{name}”"),
    "figure": Text("mức “{name}”", "the figure “{name}”"),
    "list": Text("danh sách “{name}”", "the list “{name}”"),
    "linked": Text("nhóm liên kết “{name}”", "those linked as “{name}”"),
    "cases_on_the_list": Text("số hồ sơ trong danh sách", "the number of cases on the list"),
    "cases_on_list": Text("số hồ sơ trên danh sách “{name}”", "the number of cases on the list “{name}”"),
    "cases_linked": Text("số hồ sơ liên kết “{name}”", "the number of cases linked as “{name}”"),
    "rows": Text("số dòng của “{of}”", "the number of rows of “{of}”"),
    "length": Text("số ký tự của “{of}”", "the number of letters of “{of}”"),
    "state": Text("trạng thái", "the state"),
    "outcome": Text("kết quả", "the outcome"),
    "settled": Text("hồ sơ đã xong", "the case is settled"),
    "nominee_kind": Text("loại đối tượng của “{of}”", "the kind of “{of}”"),
    "nominee_name": Text("tên của “{of}”", "the name of “{of}”"),
    "members": Text("số người được hỏi", "those asked"),
    "voted": Text("số người đã trả lời", "those who answered"),
    "sum": Text("tổng điểm", "the sum of the scores"),
    "least": Text("điểm thấp nhất", "the lowest score"),
    "most": Text("điểm cao nhất", "the highest score"),
    "answers": Text("số câu trả lời “{answer}”", "the answers “{answer}”"),
    "of_party": Text("{what} của “{party}”", "{what} of “{party}”"),
    "of_ask": Text("{what} ở “{ask}”", "{what} in “{ask}”"),
    "result": Text("“{ask}” có kết quả “{name}”", "“{ask}” came to “{name}”"),
    "closed": Text("“{ask}” đã khép lại", "“{ask}” is closed"),
    "begins": Text("ngày bắt đầu phong trào", "the day the movement begins"),
    "ends": Text("ngày kết thúc phong trào", "the day the movement ends"),
    "milestone": Text("mốc “{name}” của phong trào", "the movement's milestone “{name}”"),
    "own_milestone": Text("mốc mà hồ sơ phải nộp", "the milestone by which the case is owed"),
}
_CALLS: Final = {
    "times": Text("số lần “{first}”", "the number of times “{first}” happened"),
    "stands": Text("“{first}” đã làm và còn hiệu lực", "“{first}” was done and still stands"),
    "changed": Text("“{first}” được sửa trong lần này", "“{first}” is changed by this act"),
    "changed since": Text("“{first}” đã thay đổi kể từ “{second}”", "“{first}” has changed since “{second}”"),
    "overdue": Text("{first} đã quá hạn", "{first} is overdue"),
    "actor": Text("người thực hiện là {first}", "the one who acts is {first}"),
    "did": Text("“{first}” do {second} làm", "“{first}” was done by {second}"),
}
_DAYS: Final = {
    "wd": Text("{count} ngày làm việc", "{count} working days"),
    "d": Text("{count} ngày", "{count} days"),
    "one_wd": Text("1 ngày làm việc", "1 working day"),
    "one_d": Text("1 ngày", "1 day"),
}
_NOMINEES: Final = {
    "person": Text("cá nhân", "a person"),
    "collective": Text("tập thể", "a collective"),
    "household": Text("hộ gia đình", "a household"),
}
_RESULTS: Final = {
    "passed": Text("thông qua", "passed"),
    "failed": Text("không thông qua", "failed"),
}
_OUTCOMES: Final = {
    "good": Text("đạt", "good"),
    "neutral": Text("trung tính", "neutral"),
    "bad": Text("không đạt", "bad"),
}

WORDS: Final = Catalogue(_WORDS)
CALLS: Final = Catalogue(_CALLS)
"""Facts with names in brackets: the first and the second of these."""
DAYS: Final = Catalogue(_DAYS)
"""How many days, by the unit in which they are counted."""
NOMINEES: Final = Catalogue(_NOMINEES)
RESULTS: Final = Catalogue(_RESULTS)
"""What people call the results that most asks have; others are called by their names."""
OUTCOMES: Final = Catalogue(_OUTCOMES)
