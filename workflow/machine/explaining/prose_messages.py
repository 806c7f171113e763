"""The words of a definition told as prose: headings, columns, sentences, Vietnamese and English.

Knows no definition.
"""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_PROSE: Final = {
    # Headings and columns
    "basis": Text("Căn cứ: {basis}.", "Basis: {basis}."),
    "no_basis": Text("Chưa ghi căn cứ, nên chưa thể công bố.", "No basis is named, so it cannot be published."),
    "valid": Text("Mở hồ sơ mới {span}.", "New cases are opened {span}."),
    "from_day": Text("từ {day}", "from {day}"),
    "to_day": Text("đến hết {day}", "up to and including {day}"),
    "people": Text("Ai tham gia", "Who takes part"),
    "steps": Text("Từng bước", "Step by step"),
    "separate_heading": Text("Không được cùng một người làm", "What one person may not do both of"),
    "late_heading": Text("Thời hạn và đôn đốc", "Deadlines and what happens when they pass"),
    "form": Text("Phải nộp những gì", "What is handed in"),
    "lists": Text("Danh sách", "Lists"),
    "list": Text("Danh sách", "List"),
    "reserves": Text(
        "giữ một chỗ trong “{name}” (tối đa {most} cho mỗi: {by})",
        "holds a place of “{name}” (at most {most} for each: {by})",
    ),
    "by_unit": Text("đơn vị", "unit"),
    "by_movement": Text("phong trào", "movement"),
    "releases": Text("trả lại chỗ trong “{name}”", "gives back its place of “{name}”"),
    "pick_least": Text("Giao cho người đang có ít việc nhất.", "It goes to whoever has least open."),
    "pick_people": Text("{who} phân công ai làm.", "{who} says which of them does it."),
    "pick_field": Text("Giao cho người ghi ở “{field}”.", "It goes to the person named in “{field}”."),
    "pick_again": Text(
        "Giao cho người đã làm “{action}” lần gần nhất.", "It goes to whoever did “{action}” the last time."
    ),
    "fills": Text("đưa mọi hồ sơ đủ điều kiện vào “{list}”", "puts every case that fits on “{list}”"),
    "within_unit": Text("của cùng đơn vị", "of the same unit"),
    "within_below": Text("của các đơn vị cấp dưới", "of the units below"),
    "one_by_one": Text(
        "Hồ sơ trên “{list}” được xử lý từng hồ sơ một: hồ sơ nào không nhận được thì để lại, các hồ sơ khác đi tiếp.",
        "The cases on “{list}” are dealt with one by one: one that cannot take an act is left, the others go on.",
    ),
    "links": Text("Hồ sơ liên kết được xét đến", "Linked cases that count here"),
    "which": Text("Hồ sơ nào", "Which cases"),
    "read": Text("Đọc những gì", "What is read"),
    "linked_to": Text("hồ sơ mà từ đó hồ sơ này được mở", "the case from which this one was opened"),
    "linked_from": Text("hồ sơ liên kết tới hồ sơ này", "the cases that are linked to this one"),
    "only_state": Text("chỉ trạng thái và kết quả", "only state and outcome"),
    "of": Text("Hồ sơ của quy trình", "Cases of"),
    "while": Text("Khi đang ở", "While in"),
    "params": Text("Con số do văn bản quy định", "Figures that regulations set"),
    "role": Text("Vai trò", "Role"),
    "place": Text("Ở đâu", "Where"),
    "nobody": Text("Nếu không có ai", "If there is nobody"),
    "action": Text("Thao tác", "Action"),
    "who": Text("Ai", "Who"),
    "when": Text("Điều kiện", "Condition"),
    "requires": Text("Phải nộp", "To hand in"),
    "then": Text("Kết quả", "What follows"),
    "field": Text("Mục", "Field"),
    "kind": Text("Loại", "Kind"),
    "rule": Text("Yêu cầu", "Requirement"),
    "at": Text("Nộp ở thao tác", "Handed in with"),
    "figure": Text("Con số", "Figure"),
    "value": Text("Giá trị", "Value"),
    "source": Text("Nguồn", "Source"),
    "clock": Text("Đồng hồ", "Clock"),
    "allows": Text("Thời hạn", "Allows"),
    "starts": Text("Bắt đầu khi", "Starts with"),
    "stops": Text("Dừng khi", "Stops with"),
    "again": Text("Khi chạy lại", "Started again"),
    "moment": Text("Khi nào", "When"),
    "told": Text("Báo cho", "Who is told"),
    # Places
    "at_unit": Text("tại đơn vị của hồ sơ", "at the case's own unit"),
    "above_unit": Text("tại đơn vị cấp trên gần nhất có vai trò này", "at the nearest unit above that has one"),
    "at_block": Text("tại khối, cụm thi đua của đơn vị", "at the unit's block"),
    "at_line": Text("tại đơn vị theo ngành dọc", "at the unit up the vertical line"),
    "at_province": Text("ở cấp tỉnh", "at the province"),
    "at_field": Text("tại đơn vị ghi ở “{field}”", "at the unit named in “{field}”"),
    "at_link": Text("tại đơn vị của hồ sơ liên kết “{link}”", "at the unit of the case linked as “{link}”"),
    "looked_up": Text("tra ở “{param}”", "looked up in “{param}”"),
    "skipped": Text("bỏ qua", "skipped"),
    "administrators": Text("quản trị hệ thống được báo", "the administrators are told"),
    # Steps
    "opens_movement": Text(
        "Phong trào mở hồ sơ cho từng đơn vị; hồ sơ bắt đầu ở “{state}”.",
        "The movement opens a case for each unit; it begins as “{state}”.",
    ),
    "opens_link": Text(
        "Hồ sơ khác mở hồ sơ này; hồ sơ bắt đầu ở “{state}”.", "Another case opens it; it begins as “{state}”."
    ),
    "opens_people": Text("{who} mở hồ sơ; hồ sơ bắt đầu ở “{state}”.", "{who} opens a case; it begins as “{state}”."),
    "opened_first": Text(
        "Hồ sơ được mở theo cách đầu tiên phù hợp:", "A case is opened in the first of these ways that fits:"
    ),
    "only_if": Text("Chỉ khi {guard}.", "Only if {guard}."),
    "waits": Text("Chờ {who}.", "Waits for {who}."),
    "waits_due": Text("Chờ {who}; hạn: {due}.", "Waits for {who}; due: {due}."),
    "late": Text("Trễ hạn thì báo {who}.", "When late, {who} is told."),
    "end_good": Text("Đây là kết thúc đạt.", "This is a good end."),
    "end_neutral": Text("Đây là kết thúc trung tính.", "This is a neutral end."),
    "end_bad": Text("Đây là kết thúc không đạt.", "This is a bad end."),
    "edits": Text("{who} được viết: {fields}.", "{who} may write: {fields}."),
    "sees": Text("{who} được xem: {fields}.", "{who} may see: {fields}."),
    "closed": Text(
        "Ngoài ra không ai xem được mục nào, trừ phần mình viết.",
        "Nobody else sees anything of the form, but for what is theirs to write.",
    ),
    "everybody": Text("Mọi người", "Everybody"),
    "asks": Text("Hỏi ý kiến “{label}”: {who} trả lời {answers}.", "“{label}” is asked: {who} answers {answers}."),
    "asks_about": Text("Hỏi riêng cho từng hồ sơ của “{list}”.", "It is asked of each case of “{list}”."),
    "ordered": Text("Hỏi lần lượt theo thứ tự này.", "They are asked one after the other, in this order."),
    "paper": Text("Có thể nhập kết quả kiểm phiếu giấy.", "A count of papers may be typed in instead."),
    "asks_due": Text("Hạn trả lời: {due}.", "To be answered: {due}."),
    "silence": Text("Im lặng tính là “{answer}”.", "Silence counts as “{answer}”."),
    "secret": Text("Kín: lựa chọn không gắn với tên.", "Secret: choices are kept apart from names."),
    "result": Text("“{name}” nếu {guard}.", "“{name}” if {guard}."),
    "result_else": Text("Còn lại là “{name}”.", "Otherwise “{name}”."),
    "no_actions": Text("Không còn thao tác nào.", "Nothing more can be done."),
    "turns": Text("{who} (lượt)", "{who} (turn)"),
    "to": Text("sang “{state}”", "to “{state}”"),
    "back": Text("trở lại nơi hồ sơ đến: {states}", "back to where it came from: {states}"),
    "stays": Text("hồ sơ đứng yên", "the case stays"),
    "sets": Text("“{field}” thành {value}", "“{field}” becomes {value}"),
    "notifies": Text("báo {who}", "{who} are told"),
    "moves": Text(
        "hồ sơ ở liên kết “{link}” được “{action}” cùng lúc", "the cases linked as “{link}” get “{action}” with it"
    ),
    "verdict": Text(
        "hồ sơ của “{link}” có “{ask}” là “{result}” được “{action}” cùng lúc",
        "the cases of “{link}” whose “{ask}” is “{result}” get “{action}” with it",
    ),
    "opens": Text("mở hồ sơ “{kind}” ở “{state}”, {copy}", "opens a case of “{kind}” at “{state}”, {copy}"),
    "copy_all": Text("chép mọi mục", "with a copy of every field"),
    "copy_none": Text("để trống", "empty"),
    "copy_some": Text("chép {fields}", "with a copy of {fields}"),
    "warns": Text("nhắc nếu không đạt: {guard}", "a warning where this fails: {guard}"),
    "always": Text("–", "–"),
    # External parties
    "external": Text("Bên ngoài", "External parties"),
    "external_rule": Text(
        "Không có tài khoản; trả lời bằng văn bản, được ghi nhận với số, ngày, nơi gửi, ngày nhận và bản quét. "
        "Thời hạn tính từ ngày nhận.",
        "They have no account; they answer with a paper, recorded with its number, date, sender, day of receipt and "
        "scan. Deadlines count from the day of receipt.",
    ),
    "recorded": Text("{who}: do {by} ghi nhận", "{who}: recorded by {by}"),
    "from_external": Text(
        "văn bản của {who}, có số, ngày, nơi gửi, ngày nhận", "a paper from {who}, with number, date, sender, receipt"
    ),
    # Separation, clocks, escalation
    "separate": Text(
        "Mỗi dòng là những thao tác phải do những người khác nhau làm, kể cả khi làm thay người khác. "
        "Ngoài ra không ai xử lý hồ sơ về chính mình.",
        "Each line names acts that must be done by different people, also when acting for somebody else. "
        "Besides, nobody acts on a case about themselves.",
    ),
    "own_only": Text("Chỉ cấm xử lý hồ sơ về chính mình.", "Nothing but acting on a case about oneself is forbidden."),
    "opening": Text("mở hồ sơ", "the opening"),
    "continue": Text("tính tiếp", "goes on counting"),
    "restart": Text("tính lại từ đầu", "begins anew"),
    "extended": Text(
        "gia hạn một lần bằng “{action}”, đến hết “{field}”", "extended once by “{action}”, until the end of “{field}”"
    ),
    "step_before": Text("{count} trước hạn, 8 giờ", "{count} before the due day, 08:00"),
    "step_at": Text("8 giờ ngày làm việc đầu tiên sau hạn", "08:00 of the first working day after the due moment"),
    "step_after": Text("{count} sau buổi sáng đó", "{count} after that morning"),
    "step_every": Text("rồi cứ {count} một lần", "then every {count}"),
    "step_turn": Text("người đang có lượt", "whoever has the turn"),
    "step_escalate_to": Text("người ghi ở “trễ hạn thì báo” của bước", "whoever the step names for lateness"),
    "no_deadlines": Text("Không có thời hạn nào.", "There are no deadlines."),
    # Fields and params
    "least_rows": Text("ít nhất {min} dòng", "at least {min} rows"),
    "least_letters": Text("ít nhất {min} ký tự", "at least {min} characters"),
    "least": Text("từ {min}", "at least {min}"),
    "most_rows": Text("nhiều nhất {max} dòng", "at most {max} rows"),
    "most_letters": Text("nhiều nhất {max} ký tự", "at most {max} characters"),
    "most": Text("đến {max}", "at most {max}"),
    "numbered": Text("có số và ngày", "with number and date"),
    "options": Text("một trong: {options}", "one of: {options}"),
    "columns": Text("cột: {columns}", "columns: {columns}"),
    "by_keys": Text("{keys}: {value}", "{keys}: {value}"),
    "else": Text("còn lại: {value}", "otherwise: {value}"),
    "all_fields": Text("mọi mục thuộc phần mình", "every field that is theirs"),
    "comment": Text("lý do bằng lời", "a reason in words"),
}

_KINDS: Final = {
    "text": Text("chữ", "text"),
    "long_text": Text("đoạn văn", "long text"),
    "integer": Text("số nguyên", "whole number"),
    "money": Text("số tiền (đồng)", "amount in đồng"),
    "decimal": Text("số", "number"),
    "percent": Text("phần trăm", "per cent"),
    "date": Text("ngày", "date"),
    "flag": Text("có hoặc không", "yes or no"),
    "choice": Text("lựa chọn", "choice"),
    "person": Text("người", "person"),
    "unit": Text("đơn vị", "unit"),
    "nominee": Text("đối tượng đề nghị", "nominee"),
    "document": Text("văn bản", "document"),
    "table": Text("bảng", "table"),
}

PROSE: Final = Catalogue(_PROSE)
KINDS: Final = Catalogue(_KINDS)
"""The types of fields."""
