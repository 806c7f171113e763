"""The words around the names of a definition, Vietnamese and English: one table each. Called by `naming` only."""

from collections.abc import Mapping

from workflow.values import Text

WORDS: Mapping[str, Text] = {
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
CALLS: Mapping[str, Text] = {
    "times": Text("số lần “{0}”", "the number of times “{0}” happened"),
    "stands": Text("“{0}” đã làm và còn hiệu lực", "“{0}” was done and still stands"),
    "changed": Text("“{0}” được sửa trong lần này", "“{0}” is changed by this act"),
    "changed since": Text("“{0}” đã thay đổi kể từ “{1}”", "“{0}” has changed since “{1}”"),
    "overdue": Text("{0} đã quá hạn", "{0} is overdue"),
    "actor": Text("người thực hiện là {0}", "the one who acts is {0}"),
    "did": Text("“{0}” do {1} làm", "“{0}” was done by {1}"),
}
DAYS: Mapping[str, Text] = {
    "wd": Text("{count} ngày làm việc", "{count} working days"),
    "d": Text("{count} ngày", "{count} days"),
    "one_wd": Text("1 ngày làm việc", "1 working day"),
    "one_d": Text("1 ngày", "1 day"),
}
"""How many days, by the unit in which they are counted."""
UNITS: Mapping[str, Text] = {
    "money": Text("{value} đồng", "{value} đồng"),
    "percent": Text("{value}%", "{value}%"),
}
NOMINEES: Mapping[str, Text] = {
    "person": Text("cá nhân", "a person"),
    "collective": Text("tập thể", "a collective"),
    "household": Text("hộ gia đình", "a household"),
}
RESULTS: Mapping[str, Text] = {
    "passed": Text("thông qua", "passed"),
    "failed": Text("không thông qua", "failed"),
}
"""What people call the results that most asks have; others are called by their names."""
OUTCOMES: Mapping[str, Text] = {
    "good": Text("đạt", "good"),
    "neutral": Text("trung tính", "neutral"),
    "bad": Text("không đạt", "bad"),
}
