"""Why not, Vietnamese and English, filled with the facts of a reason; and the acts of a case that no definition names.

Knows no reason's meaning.
"""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import ASSIGN, CLAIM, RELEASE, UNDO, Text

_REASONS: Final = {
    "stale": Text(
        "Hồ sơ đã thay đổi từ khi ông/bà mở trang này; nay ở trạng thái “{state}”. Xem lại rồi thực hiện.",
        "The case has changed since you opened this page; it is now “{state}”. Look again, then act.",
    ),
    "not_open": Text(
        "Hồ sơ đang ở trạng thái “{state}”, không có thao tác “{action}”.",
        "The case is “{state}”; there is no “{action}” here.",
    ),
    "no_right": Text("“{action}” không thuộc lượt xử lý của ông/bà.", "“{action}” is not yours to do."),
    "separate": Text(
        "Ông/bà, hoặc người ủy quyền cho ông/bà, đã thực hiện một bước trước của hồ sơ này; "
        "“{action}” phải do người khác thực hiện.",
        "You, or whom you act for, did an earlier step of this case; “{action}” must be done by somebody else.",
    ),
    "own_interest": Text(
        "Hồ sơ này đề nghị cho chính ông/bà hoặc người ủy quyền cho ông/bà, nên ông/bà không được xử lý.",
        "This case is about you or about whom you act for, so you may not act on it.",
    ),
    "missing_opinions": Text(
        "Còn {missing}/{members} người chưa trả lời “{ask}”.", "{missing} of {members} have not answered “{ask}”."
    ),
    "open_defects": Text("Còn {defects} yêu cầu chỉnh sửa chưa được giải quyết.", "{defects} defects are still open."),
    "unseen_papers": Text("Còn {papers} tệp chưa xem.", "{papers} documents have not been looked at."),
    "not_asked": Text("Ông/bà không thuộc những người được hỏi ý kiến.", "You are not among those who are asked."),
    "none_left": Text(
        "Đã hết chỗ trong “{name}”: tối đa {most}, hồ sơ khác đã giữ.",
        "There is no place left in “{name}”: at most {most}, and other cases hold them.",
    ),
    "no_limit": Text(
        "“{name}” chưa có con số cho hồ sơ này.",
        "“{name}” has no figure for this case.",
    ),
    "taken": Text(
        "Người khác của bộ phận xử lý đã nhận việc này; người đó hoặc cấp trên có thể chuyển lại.",
        "Somebody else at this desk has taken it; they, or those above, can hand it over.",
    ),
    "not_handed_out": Text(
        "Việc này chưa được phân công cho ai.",
        "This has not been handed out to anybody yet.",
    ),
    "not_taken": Text("Chưa có ai nhận việc này.", "Nobody has taken this."),
    "not_of_desk": Text("Đề nghị chọn một người của bộ phận xử lý này.", "Choose somebody who holds this desk."),
    "cannot_have_turn": Text(
        "Người này không được xử lý việc này: đã làm việc phải tách riêng, hoặc hồ sơ là về họ.",
        "This person may not act in it: they did an act that must be separate from it, or the case is about them.",
    ),
    "not_yet_asked": Text(
        "Chưa đến lượt ông/bà: ý kiến được lấy lần lượt, người trước chưa trả lời.",
        "You are not asked yet: answers are given in turn, and the one before you is missing.",
    ),
    "already_answered": Text("Ông/bà đã trả lời rồi.", "You have answered already."),
    "undo_final": Text(
        "Không hoàn tác được “{action}”: thao tác này có hiệu lực ngay, hoặc hồ sơ đã có bước khác sau đó.",
        "“{action}” cannot be undone: it stands at once, or something else has followed it.",
    ),
    "undo_opening": Text(
        "Không hoàn tác được: hồ sơ vừa được lập, chưa có thao tác nào.",
        "There is nothing to undo: the case was only just opened.",
    ),
    "undo_after_deadline": Text(
        "Không hoàn tác được: sau thao tác của ông/bà, hệ thống đã xử lý theo thời hạn của hồ sơ.",
        "This cannot be undone: since your act, a deadline of the case has passed and the system acted on it.",
    ),
    "undo_of_another": Text(
        "Không hoàn tác được: “{action}” do người khác thực hiện.",
        "This cannot be undone: “{action}” was done by somebody else.",
    ),
    "nothing_due": Text(
        "Hồ sơ ở trạng thái “{state}” không có thời hạn nào đang chạy.",
        "The case is “{state}”; no deadline is running.",
    ),
    "not_due": Text("Chưa đến hạn: {at}.", "Not due yet: {at}."),
    "unmet": Text("Điều kiện chưa đạt: {clause}.", "A condition is not met: {clause}."),
    "warning": Text("Lưu ý: {clause}.", "Note: {clause}."),
    "no_way": Text(
        "Từ trạng thái “{state}” không còn cách thực hiện “{action}”.",
        "There is no way to do “{action}” from “{state}”.",
    ),
    "already_open": Text(
        "Hồ sơ {case} đã được mở để thay thế hồ sơ này và chưa kết thúc.",
        "Case {case} has been opened from this one and is not settled yet.",
    ),
    "not_in_bulk": Text(
        "Cần xem hệ quả của thao tác này trước khi thực hiện, đề nghị mở hồ sơ.",
        "What this does must be read before it is done; open the case.",
    ),
    "not_in_force": Text(
        "Phiên bản quy trình này chỉ dùng để mở hồ sơ mới từ {from} đến {to}.",
        "This version opens new cases only from {from} to {to}.",
    ),
    "clock_stands": Text(
        "Thời hạn này hiện không chạy, nên không gia hạn được.",
        "The deadline is not running, so it cannot be extended.",
    ),
    "extended_already": Text("Mỗi thời hạn chỉ được gia hạn một lần.", "A deadline is extended only once."),
    "extended_too_late": Text(
        "Đã quá hạn ngày {due}; chỉ gia hạn được khi chưa hết hạn.",
        "It was due on {due}; a deadline is extended only before it has passed.",
    ),
    "extension_not_later": Text(
        "Hạn mới phải sau hạn hiện tại, ngày {due}.", "The new date must be later than the present one, {due}."
    ),
    "ask_closed": Text(
        "Việc lấy ý kiến đã kết thúc: câu trả lời nào cũng không làm thay đổi kết quả.",
        "The question is closed: no answer can change what came of it.",
    ),
    "secret_count": Text(
        "Kết quả kiểm phiếu kín “{ask}” chưa cho phép bước này.",
        "What was counted of the secret vote “{ask}” does not allow this.",
    ),
    "no_result": Text(
        "Chưa có kết quả biểu quyết cho hồ sơ {case}.", "There is no result of the vote for case {case}."
    ),
    "line_missing": Text(
        "Cần trả lời đúng cho từng hồ sơ; thiếu hoặc thừa: {cases}.",
        "Each case needs one answer; missing or too many: {cases}.",
    ),
    "already_voting": Text(
        "Đã có người bỏ phiếu trên hệ thống, nên không nhập được kết quả kiểm phiếu giấy.",
        "Somebody has voted here already, so no count of papers can be typed in.",
    ),
    "not_counted": Text(
        "Cần nhập kết quả kiểm phiếu cho từng hồ sơ: {cases}.", "The count of each case is needed: {cases}."
    ),
    "does_not_add_up": Text("Hồ sơ {case}: {why}", "Case {case}: {why}"),
    "not_a_count": Text("Cần một số đếm, từ 0 trở lên.", "A count is needed, 0 or more."),
    "too_many_issued": Text(
        "Số phiếu phát ra nhiều hơn số người được bỏ phiếu ({most}).",
        "More papers were issued than there are people who vote ({most}).",
    ),
    "too_many_collected": Text(
        "Số phiếu thu về nhiều hơn số phiếu phát ra ({most}).", "More papers came back than were issued ({most})."
    ),
    "not_all_sorted": Text(
        "Hợp lệ cộng không hợp lệ là {sum}, phải bằng số phiếu thu về ({all}).",
        "Valid and invalid make {sum}; they must make the papers collected ({all}).",
    ),
    "not_all_said": Text(
        "Tổng các ý kiến là {sum}, phải bằng số phiếu hợp lệ ({all}).",
        "The answers make {sum}; they must make the valid papers ({all}).",
    ),
    "cannot_be_put": Text(
        "Không đưa được hồ sơ {case} vào danh sách: không có, hoặc chưa đủ điều kiện.",
        "Case {case} cannot be put on the list: there is none, or it is not ready for it.",
    ),
    "not_cases": Text("Cần một danh sách mã hồ sơ, mỗi mã một lần.", "A list of case codes is needed, each once."),
    "linked_refuses": Text(
        "Hồ sơ liên kết {case} không thực hiện được bước của nó, nên cả thao tác dừng lại.",
        "The linked case {case} cannot do its part, so nothing was done.",
    ),
    "cannot_open": Text(
        "Không mở được hồ sơ liên kết “{link}”, nên cả thao tác dừng lại.",
        "The case to be linked as “{link}” cannot be opened, so nothing was done.",
    ),
    "unseen": Text(
        "Điều kiện chưa đạt; nó dựa vào mục mà ở trạng thái này ông/bà không được xem.",
        "A condition is not met; it rests on fields that you may not see in this state.",
    ),
    "left": Text(
        "Hồ sơ {case} (“{state}”) không đi cùng và ở lại danh sách.",
        "Case {case} (“{state}”) did not go along and stays on the list.",
    ),
    "missing": Text("Cần nhập: {field}.", "Please give: {field}."),
    "not_asked_for": Text("Không được gửi kèm “{field}” ở bước này.", "“{field}” cannot be handed in here."),
    "too_short": Text(
        "Cần ít nhất {min} ký tự (đang có {length}).",
        "At least {min} characters are needed ({length} so far).",
    ),
    "too_long": Text("Tối đa {max} ký tự (đang có {length}).", "At most {max} characters ({length} so far)."),
    "one_line": Text("Chỉ được một dòng.", "Only one line is possible."),
    "not_text": Text("Phải là chữ.", "This must be a text."),
    "control_characters": Text("Có ký tự điều khiển không đọc được.", "There are unreadable control characters."),
    "out_of_range": Text("Phải từ {min} đến {max}.", "This must be from {min} to {max}."),
    "not_a_number": Text("Phải là số nguyên.", "This must be a whole number."),
    "not_a_decimal": Text("Phải là số, ví dụ: 12 hoặc 12,5.", "This must be a number like 12 or 12.5."),
    "not_a_date": Text("Ngày không hợp lệ, ví dụ: 15/11/2017.", "This is not a date; write it like 15/11/2017."),
    "not_a_flag": Text("Phải là có hoặc không.", "This must be yes or no."),
    "not_a_choice": Text("Chọn một trong: {allowed}.", "Choose one of: {allowed}."),
    "not_an_object": Text("Cần các phần: {allowed}.", "These parts are needed: {allowed}."),
    "unknown_part": Text(
        "Không có phần “{part}”; chỉ có: {allowed}.", "There is no part “{part}”; there are: {allowed}."
    ),
    "name_missing": Text("Cần nhập tên.", "A name is needed."),
    "document_unknown": Text(
        "Tệp này chưa được tải lên hồ sơ này. Hãy chọn tệp và tải lên lại.",
        "This file was not handed over to this case. Choose the file and hand it over again.",
    ),
    "file_missing": Text("Cần tệp văn bản đính kèm.", "The document's file is needed."),
    "number_missing": Text(
        "Văn bản cần có số, ký hiệu và ngày ban hành.", "The document needs its number and symbol, and its date."
    ),
    "receipt_missing": Text(
        "Văn bản của bên ngoài cần có nơi gửi và ngày nhận.",
        "A paper from outside needs its sender and the day on which it was received.",
    ),
    "received_later": Text(
        "Ngày nhận {received} muộn hơn hôm nay.", "The day of receipt, {received}, is later than today."
    ),
    "received_before": Text(
        "Ngày nhận {received} sớm hơn ngày bắt đầu chờ trả lời ({began}).",
        "The day of receipt, {received}, is before the answer was waited for ({began}).",
    ),
    "not_a_table": Text("Phải là một bảng.", "This must be a table."),
    "too_few_rows": Text("Cần ít nhất {min} dòng.", "At least {min} rows are needed."),
    "too_many_rows": Text("Tối đa {max} dòng (đang có {rows}).", "At most {max} rows ({rows} so far)."),
    "wrong_cell": Text("Dòng {row}, cột “{column}”: {why}", "Row {row}, column “{column}”: {why}"),
    "empty_cell": Text("Dòng {row}: cột “{column}” còn trống.", "Row {row}: column “{column}” is empty."),
    "figure_missing": Text("Cần một giá trị.", "A value is needed."),
    "param_unknown": Text(
        "Quy trình không có tham số “{param}”; có: {allowed}.",
        "The definition has no param “{param}”; there are: {allowed}.",
    ),
    "wrong_keys": Text(
        "“{param}” được tra theo {by}; không dùng được: {found}.", "“{param}” is looked up by {by}; not by: {found}."
    ),
    "key_unknown": Text(
        "“{by}” không có lựa chọn “{key}”; có: {allowed}.", "“{by}” has no option “{key}”; there are: {allowed}."
    ),
}
_SHARING: Final = {
    CLAIM: Text("Nhận việc", "Take it"),
    RELEASE: Text("Trả lại bộ phận xử lý", "Give it back to the desk"),
    ASSIGN: Text("Giao cho người khác", "Hand it to somebody"),
    UNDO: Text("Hoàn tác", "Undo"),
}
_ASKS: Final = {
    "count": Text("Kiểm phiếu giấy: {ask}", "Count of papers: {ask}"),
    "answer": Text("câu trả lời", "the answer"),
}

REASONS: Final = Catalogue(_REASONS)
"""Reasons with a `field` are shown beside it, so they do not name it."""
SHARING: Final = Catalogue(_SHARING)
"""What people call the acts by which they share the turns of a desk."""
ASKS: Final = Catalogue(_ASKS)
"""What people call what is handed in where an ask is answered or counted."""
