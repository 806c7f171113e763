"""What expressions say, Vietnamese and English: faults for authors, clauses and values for everybody.

Facts are those of a fault, and the two sides of a clause.
"""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_TYPES: Final = {
    "bool": Text("đúng/sai", "yes/no"),
    "int": Text("số nguyên", "a whole number"),
    "decimal": Text("số thập phân", "a decimal number"),
    "text": Text("chữ", "a text"),
    "date": Text("ngày", "a date"),
    "choice": Text("lựa chọn", "a choice"),
    "reference": Text("người, đơn vị hoặc tài liệu", "a person, unit or document"),
    "list": Text("danh sách", "a list"),
    "record": Text("nhóm dữ kiện", "a group of facts"),
}

_SIGNS: Final = {
    "name": Text("tên", "a name"),
    "number": Text("số", "a number"),
    "text": Text("chữ trong ngoặc kép", "a text in quotes"),
}

_FAULTS: Final = {
    "too_long": Text(
        "Biểu thức quá dài; tối đa {limit} ký tự.",
        "The expression is too long; at most {limit} characters.",
    ),
    "too_deep": Text("Lồng nhau quá sâu; tối đa {limit} tầng.", "Nested too deeply; at most {limit} levels."),
    "too_many_parts": Text("Quá nhiều thành phần; tối đa {limit}.", "Too many parts; at most {limit}."),
    "too_costly": Text(
        "Biểu thức tốn quá {limit} bước với danh sách dài nhất.",
        "With the longest lists the expression takes more than {limit} steps.",
    ),
    "bad_character": Text(
        "Ký tự “{found}” không dùng được ở đây; chữ có dấu phải nằm trong ngoặc kép.",
        "The character “{found}” cannot stand here; other letters than a–z belong in quotes.",
    ),
    "bad_number": Text("Số không đúng; viết như 12 hoặc 12.5.", "Not a number; write 12 or 12.5."),
    "number_too_long": Text("Số quá dài; tối đa {limit} chữ số.", "The number is too long; at most {limit} digits."),
    "open_text": Text(
        "Chữ mở bằng {found} chưa đóng trên cùng dòng.",
        "The text opened by {found} is not closed on the same line.",
    ),
    "bad_escape": Text(
        "“{found}” không hiểu được; dùng \\\\ \\\" \\' hoặc \\n.",
        "“{found}” is not understood; use \\\\ \\\" \\' or \\n.",
    ),
    "not_offered": Text(
        "Không có phép “{found}”; dùng được: + - * == != < <= > >= && || ! in ?:.",
        "There is no “{found}”; there are + - * == != < <= > >= && || ! in ?:.",
    ),
    "unexpected": Text(
        "Không chờ “{found}” ở đây; có thể là: {allowed}.", "“{found}” cannot stand here; allowed: {allowed}."
    ),
    "ended": Text("Biểu thức chưa hết; còn thiếu: {allowed}.", "The expression stops too early; expected: {allowed}."),
    "unknown_gathering": Text(
        "Danh sách không có “{found}”; dùng được: {allowed}.",
        "A list has no “{found}”; there are: {allowed}.",
    ),
    "unknown_name": Text(
        "Không có dữ kiện “{found}”; có: {allowed}.", "There is no fact “{found}”; there are: {allowed}."
    ),
    "unknown_member": Text(
        "“{of}” không có “{found}”; có: {allowed}.",
        "“{of}” has no “{found}”; it has: {allowed}.",
    ),
    "no_members": Text("“{found}” không có dữ kiện bên trong.", "“{found}” has no facts inside."),
    "unknown_function": Text(
        "Không có hàm “{found}”; có: {allowed}.", "There is no function “{found}”; there are: {allowed}."
    ),
    "unknown_input": Text(
        "Hàm {function} không nhận “{found}”; nhận: {allowed}.",
        "{function} does not take “{found}”; it takes: {allowed}.",
    ),
    "wrong_count": Text(
        "Hàm {function} cần {expected} giá trị, đây có {found}.",
        "{function} needs {expected} inputs, here are {found}.",
    ),
    "wrong_type": Text(
        "“{found}” là {found_type}; ở đây cần: {allowed_types}.",
        "“{found}” is {found_type}; needed here: {allowed_types}.",
    ),
    "wrong_result": Text(
        "Cả biểu thức là {found_type}; ở đây cần: {allowed_types}.",
        "The whole expression is {found_type}; needed here: {allowed_types}.",
    ),
    "not_alike": Text(
        "Hai vế khác loại: {left_type} và {right_type}.",
        "The sides differ in kind: {left_type} and {right_type}.",
    ),
    "not_comparable": Text(
        "Không so sánh được {left_type} với {right_type}.",
        "{left_type} cannot be compared with {right_type}.",
    ),
    "not_an_option": Text(
        "“{found}” không phải lựa chọn; có: {allowed}.", "“{found}” is no option; there are: {allowed}."
    ),
    "maybe_empty": Text(
        "“{path}” có thể còn trống; hãy hỏi trước: has({path}) && …",
        "“{path}” may be empty; ask first: has({path}) && …",
    ),
    "not_a_fact": Text(
        "has(…) chỉ hỏi về một dữ kiện, không phải “{found}”.", "has(…) asks about a fact, not “{found}”."
    ),
    "not_a_list": Text(
        "“{found}” là {found_type}; ở đây cần một danh sách của hồ sơ.",
        "“{found}” is {found_type}; needed here: a list of the case.",
    ),
    "nested_gathering": Text(
        "Không duyệt danh sách bên trong một danh sách khác.",
        "A list cannot be gone through inside another one.",
    ),
    "name_taken": Text(
        "“{found}” đã là tên một dữ kiện; đặt tên khác.", "“{found}” is a fact already; choose another name."
    ),
    "empty_list": Text(
        "Danh sách viết ra phải có ít nhất một giá trị.", "A list written out needs at least one value."
    ),
    "bad_date": Text(
        '“{found}” không phải ngày; viết date("2017-11-15").', '“{found}” is no date; write date("2017-11-15").'
    ),
    "date_sum": Text(
        "Ngày không dùng với “{found}”; dùng wd(ngày, n) hoặc days(ngày, n).",
        "A date does not go with “{found}”; use wd(date, n) or days(date, n).",
    ),
}

_CLAUSES: Final = {
    "==": Text("{left} phải là {right}", "{left} must be {right}"),
    "!=": Text("{left} phải khác {right}", "{left} must not be {right}"),
    "<": Text("{left} phải nhỏ hơn {right}", "{left} must be less than {right}"),
    "<=": Text("{left} không được quá {right}", "{left} must be at most {right}"),
    ">": Text("{left} phải lớn hơn {right}", "{left} must be more than {right}"),
    ">=": Text("{left} phải từ {right} trở lên", "{left} must be at least {right}"),
    "date<": Text("{left} phải trước {right}", "{left} must be before {right}"),
    "date<=": Text("{left} không được sau {right}", "{left} must not be after {right}"),
    "date>": Text("{left} phải sau {right}", "{left} must be after {right}"),
    "date>=": Text("{left} không được trước {right}", "{left} must not be before {right}"),
    "in": Text("{left} phải thuộc {right}", "{left} must be one of {right}"),
    "not in": Text("{left} không được thuộc {right}", "{left} must be none of {right}"),
    "has": Text("phải có {left}", "{left} must be given"),
    "has not": Text("{left} phải còn trống", "{left} must be empty"),
    "true": Text("phải đúng: {left}", "must hold: {left}"),
    "false": Text("không được xảy ra: {left}", "must not hold: {left}"),
    "one of": Text("một trong các điều sau phải đạt: {parts}", "one of these must be met: {parts}"),
    "all of": Text("tất cả các điều sau phải đạt: {parts}", "all of these must be met: {parts}"),
}
_PHRASES: Final = {
    "all": Text("mọi {row} của {list} phải đạt: {condition}", "every {row} of {list} must meet: {condition}"),
    "any": Text(
        "ít nhất một {row} của {list} phải đạt: {condition}", "at least one {row} of {list} must meet: {condition}"
    ),
    "not all": Text(
        "ít nhất một {row} của {list} không được đạt: {condition}",
        "at least one {row} of {list} must not meet: {condition}",
    ),
    "not any": Text("không {row} nào của {list} được đạt: {condition}", "no {row} of {list} may meet: {condition}"),
    "row": Text("{row} {which} của {list}: {condition}", "{row} {which} of {list}: {condition}"),
    "count": Text("số {row} của {list} đạt “{condition}”", "how many of {list} meet “{condition}”"),
    "sum": Text("tổng “{what}” của {list}", "the sum of “{what}” in {list}"),
    "size": Text("số dòng của {of}", "the number of rows of {of}"),
    "wd after": Text("{count} ngày làm việc sau {day}", "{count} working days after {day}"),
    "wd before": Text("{count} ngày làm việc trước {day}", "{count} working days before {day}"),
    "days after": Text("{count} ngày sau {day}", "{count} days after {day}"),
    "days before": Text("{count} ngày trước {day}", "{count} days before {day}"),
    "min": Text("số nhỏ nhất trong ({of})", "the least of ({of})"),
    "max": Text("số lớn nhất trong ({of})", "the greatest of ({of})"),
    "pick": Text("({then}, nếu {condition}; không thì {otherwise})", "({then}, if {condition}; otherwise {otherwise})"),
}
_VALUES: Final = {
    "row": Text("dòng", "row"),
    "case": Text("hồ sơ", "case"),
    "now": Text("{label} (hiện là {value})", "{label} (now {value})"),
    "empty": Text("chưa có", "empty"),
    "true": Text("có", "yes"),
    "false": Text("không", "no"),
    "rows": Text("{count} dòng", "{count} rows"),
}
_UNITS: Final = {
    "money": Text("{value} đồng", "{value} đồng"),
    "percent": Text("{value}%", "{value}%"),
}

TYPES: Final = Catalogue(_TYPES)
"""The types of expressions, as a fault names them."""
SIGNS: Final = Catalogue(_SIGNS)
"""The kinds of signs that an expression is written with; others are called as they are written."""
FAULTS: Final = Catalogue(_FAULTS)
CLAUSES: Final = Catalogue(_CLAUSES)
"""What a condition requires."""
PHRASES: Final = Catalogue(_PHRASES)
"""Parts of a condition that name a value or go through a list."""
VALUES: Final = Catalogue(_VALUES)
UNITS: Final = Catalogue(_UNITS)
"""Numbers with their unit, by the type of the field that holds them."""
