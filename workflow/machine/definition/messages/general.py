"""The sentences of faults and findings, Vietnamese and English: filled with a finding's facts.

What is wrong inside a guard is said by `expressions`.
"""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.machine.definition.messages.counting import COUNTING
from workflow.machine.definition.messages.families import FAMILY
from workflow.machine.definition.messages.records import RECORD
from workflow.values import Text

_FILE = {
    "too_large": Text("Tệp quá lớn; tối đa {most} kB.", "The file is too large; at most {most} kB."),
    "not_utf8": Text("Không phải chữ UTF-8; hãy lưu tệp với mã UTF-8.", "This is not UTF-8; save the file as UTF-8."),
    "hidden_character": Text(
        "Có ký tự không nhìn thấy được ({character}); hãy xoá đi.",
        "There is a character nobody can see ({character}); delete it.",
    ),
    "not_yaml": Text("Không đọc được YAML ở đây: {problem}.", "The YAML cannot be read here: {problem}."),
    "empty": Text(
        "Tệp trống; một quy trình bắt đầu bằng “definition: tên”.",
        "The file is empty; a definition begins with “definition: name”.",
    ),
    "second_document": Text(
        "Mỗi tệp chỉ một quy trình; xoá dòng “---”.", "One definition a file; delete the line “---”."
    ),
    "too_many_values": Text("Quá nhiều giá trị; tối đa {most}.", "Too many values; at most {most}."),
    "too_deep": Text("Lồng nhau quá sâu; tối đa {most} tầng.", "Nested too deeply; at most {most} levels."),
    "alias": Text(
        "Không dùng được “*{name}”; hãy viết đầy đủ tại chỗ.", "“*{name}” is not allowed; write it out here."
    ),
    "anchor": Text("Không dùng được “&{name}”; xoá đi.", "“&{name}” is not allowed; delete it."),
    "tag": Text("Không dùng được nhãn kiểu “{name}”; xoá đi.", "The tag “{name}” is not allowed; delete it."),
    "merge_key": Text("Không dùng được “<<”; hãy viết đầy đủ tại chỗ.", "“<<” is not allowed; write it out here."),
    "key_not_text": Text("Khoá phải là một từ.", "A key must be a word."),
    "duplicate_key": Text("Khoá “{key}” đã có ở dòng {first}.", "The key “{key}” stands on line {first} already."),
}

_VALUES = {
    "unknown_key": Text(
        "Không có khoá “{key}” ở {kind}; dùng được: {allowed}.",
        "There is no key “{key}” in {kind}; allowed: {allowed}.",
    ),
    "unknown_key_near": Text(
        "Không có khoá “{key}” ở {kind}; có phải “{near}”? Dùng được: {allowed}.",
        "There is no key “{key}” in {kind}; did you mean “{near}”? Allowed: {allowed}.",
    ),
    "missing_key": Text("Thiếu khoá “{key}” của {kind}.", "The key “{key}” of {kind} is missing."),
    "too_many": Text("Quá nhiều; tối đa {most}.", "Too many; at most {most}."),
    "not_a_mapping": Text(
        "Ở đây cần các cặp “khoá: giá trị” ({allowed}), không phải {found}.",
        "Pairs “key: value” ({allowed}) belong here, not a {found}.",
    ),
    "not_a_list": Text(
        "Ở đây cần một danh sách [a, b], không phải {found}.", "A list [a, b] belongs here, not a {found}."
    ),
    "not_a_text": Text("Ở đây cần một giá trị, không phải {found}.", "One value belongs here, not a {found}."),
    "nothing_here": Text("Chỗ này còn trống.", "Nothing stands here."),
    "text_too_long": Text("Quá dài; tối đa {most} ký tự.", "Too long; at most {most} characters."),
    "needs_both_languages": Text(
        "Cần cả hai ngôn ngữ, viết “tiếng Việt | English”; ở đây là “{found}”.",
        "Both languages are required, written “tiếng Việt | English”; here is “{found}”.",
    ),
    "not_a_name": Text(
        "“{found}” không phải tên; tên gồm a–z, 0–9 và _, bắt đầu bằng chữ, tối đa 40 ký tự.",
        "“{found}” is not a name; a name has a–z, 0–9 and _, begins with a letter, 40 characters at most.",
    ),
    "reserved_name": Text(
        "“{name}” đã có nghĩa riêng; đặt tên khác.", "“{name}” has a meaning of its own; choose another name."
    ),
    "name_given_twice": Text("Tên “{name}” đã có ở {kind}.", "The name “{name}” is given in {kind} already."),
    "not_one_of": Text(
        "“{found}” không dùng được ở đây; dùng được: {allowed}.", "“{found}” cannot stand here; allowed: {allowed}."
    ),
    "not_one_of_near": Text(
        "“{found}” không dùng được ở đây; có phải “{near}”? Dùng được: {allowed}.",
        "“{found}” cannot stand here; did you mean “{near}”? Allowed: {allowed}.",
    ),
    "not_an_integer": Text(
        "“{found}” không phải số nguyên; viết như 12, không có ngoặc kép, không có số 0 đứng đầu.",
        "“{found}” is not a whole number; write 12, without quotes or leading zeros.",
    ),
    "not_a_flag": Text(
        "“{found}” không phải đúng/sai; viết true hoặc false.", "“{found}” is not a flag; write true or false."
    ),
    "not_a_date": Text("“{found}” không phải ngày; viết như 2017-11-15.", "“{found}” is not a date; write 2017-11-15."),
    "wrong_value": Text(
        "Biểu thức là {found}; trường này cần {wanted}.", "The expression is {found}; the field needs {wanted}."
    ),
}

_PARTS = {
    "key_for_other_types": Text(
        "“{key}” không dùng cho loại {type}; chỉ dùng cho: {types}.",
        "“{key}” means nothing for {type}; it is for: {types}.",
    ),
    "type_needs_key": Text("Loại {type} cần khoá “{key}”.", "A {type} needs the key “{key}”."),
    "param_without_value": Text("Tham số cần “values” hoặc “else”.", "A param needs “values” or “else”."),
    "not_a_figure": Text("“{found}” không phải giá trị của loại {type}.", "“{found}” is no value of the type {type}."),
    "unknown_key_field": Text(
        "“{name}” không phải trường của mẫu, cũng không đọc từ danh sách nào; tra theo: {allowed}.",
        "“{name}” is no field, nor read of a list; look up by: {allowed}.",
    ),
    "unknown_option": Text(
        "“{name}” không phải lựa chọn của “{field}”; có: {allowed}.",
        "“{name}” is no option of “{field}”; there are: {allowed}.",
    ),
    "people_without_else": Text(
        "Tham số chọn người cần “else”: ai xử lý khi không khoá nào phù hợp.",
        "A param that holds people needs “else”: whom to ask where no key fits.",
    ),
    "values_by_nothing": Text("“values” cần “by”: tra theo khoá nào.", "“values” need “by”: looked up by which keys."),
    "not_people": Text(
        "“{found}” không phải người; viết “vai_trò ở đâu”, nơi là: {allowed}.",
        "“{found}” names no people; write “role place”, the place being: {allowed}.",
    ),
    "separate_from_nothing": Text("Cần ít nhất hai thao tác khác nhau.", "At least two different actions are needed."),
    "not_a_due": Text(
        "“{found}” không phải thời hạn; viết như: {allowed}.", "“{found}” is no due; write for instance: {allowed}."
    ),
    "budget_or_due": Text(
        "Đồng hồ cần đúng một trong “budget” và “due”.", "A clock needs one of “budget” and “due”, not both."
    ),
    "not_a_budget": Text(
        "“budget” là số ngày, như “25 wd”; ngày cụ thể viết ở “due”.",
        "A “budget” is a number of days, “25 wd”; a date goes under “due”.",
    ),
    "not_a_step": Text(
        "“{found}” không phải bước đôn đốc; viết “-2 wd”, “0 wd”, “2 wd”, “then 5 wd”.",
        "“{found}” is no step of an escalation; write “-2 wd”, “0 wd”, “2 wd”, “then 5 wd”.",
    ),
    "steps_out_of_order": Text(
        "Bước đôn đốc “{found}” phải sau bước trước nó; “then …” đứng cuối.",
        "The step “{found}” must come after the one before it; “then …” is the last.",
    ),
    "else_is_last": Text("Kết quả cuối cùng, và chỉ nó, là “else”.", "The last result, and only the last, is “else”."),
    "only_in_first": Text(
        "“{key}” chỉ viết ở cách đầu tiên của thao tác.", "“{key}” is written in the first alternative only."
    ),
    "copied_by_other_names": Text(
        "Trong cùng một quy trình các mục mang cùng tên; hãy viết [a, b].",
        "Within one definition fields bear the same names; write [a, b].",
    ),
    "by_whom": Text(
        "Thao tác này của ai? Trạng thái không phải lượt của người nào trên hệ thống, hãy viết “by”.",
        "Whose action is this? It is the turn of nobody who has an account; write “by”.",
    ),
}

_NAMES = {
    "unknown_people": Text(
        "Không có người “{name}”; có: {allowed}.", "There are no people “{name}”; there are: {allowed}."
    ),
    "unknown_people_near": Text(
        "Không có người “{name}”; có phải “{near}”? Có: {allowed}.",
        "There are no people “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "unknown_state": Text(
        "Không có trạng thái “{name}”; có: {allowed}.", "There is no state “{name}”; there are: {allowed}."
    ),
    "unknown_state_near": Text(
        "Không có trạng thái “{name}”; có phải “{near}”? Có: {allowed}.",
        "There is no state “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "unknown_field": Text(
        "Không có trường “{name}”; có: {allowed}.", "There is no field “{name}”; there are: {allowed}."
    ),
    "unknown_field_near": Text(
        "Không có trường “{name}”; có phải “{near}”? Có: {allowed}.",
        "There is no field “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "unknown_param": Text(
        "Không có tham số “{name}”; có: {allowed}.", "There is no param “{name}”; there are: {allowed}."
    ),
    "unknown_param_near": Text(
        "Không có tham số “{name}”; có phải “{near}”? Có: {allowed}.",
        "There is no param “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "unknown_clock": Text(
        "Không có đồng hồ “{name}”; có: {allowed}.", "There is no clock “{name}”; there are: {allowed}."
    ),
    "unknown_clock_near": Text(
        "Không có đồng hồ “{name}”; có phải “{near}”? Có: {allowed}.",
        "There is no clock “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "unknown_action": Text(
        "Không có thao tác “{name}”; có: {allowed}.", "There is no action “{name}”; there are: {allowed}."
    ),
    "unknown_action_near": Text(
        "Không có thao tác “{name}”; có phải “{near}”? Có: {allowed}.",
        "There is no action “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "unknown_link": Text(
        "Không có liên kết “{name}”; có: {allowed}.", "There is no link “{name}”; there are: {allowed}."
    ),
    "unknown_link_near": Text(
        "Không có liên kết “{name}”; có phải “{near}”? Có: {allowed}.",
        "There is no link “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "unknown_list": Text(
        "Không có danh sách “{name}” trong “members”; có: {allowed}.",
        "There is no list “{name}” in “members”; there are: {allowed}.",
    ),
    "unknown_list_near": Text(
        "Không có danh sách “{name}”; có phải “{near}”? Có: {allowed}.",
        "There is no list “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "result_without_act": Text(
        "Kết quả “{result}” chưa có thao tác nào; mỗi kết quả phải có một.",
        "The result “{result}” has no act here; each result needs one.",
    ),
    "unknown_external": Text(
        "Không có bên ngoài “{name}” trong “external”; có: {allowed}.",
        "There is no external party “{name}” in “external”; there are: {allowed}.",
    ),
    "unknown_external_near": Text(
        "Không có bên ngoài “{name}”; có phải “{near}”? Có: {allowed}.",
        "There is no external party “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "evidence_edited": Text(
        "“{name}” là văn bản của bên ngoài: nộp cùng thao tác ghi nhận (“requires”), không sửa ở “edit”.",
        "“{name}” is an external party's paper: it is handed in with the act that records it (“requires”), not edited.",
    ),
    "unknown_answer": Text(
        "“{name}” không phải câu trả lời; có: {allowed}.", "“{name}” is no answer; there are: {allowed}."
    ),
    "wrong_field_type": Text(
        "“{name}” là loại {type}; ở đây cần loại {wanted}.", "“{name}” is a {type}; a {wanted} is needed here."
    ),
    "people_in_a_circle": Text(
        "“{name}” thay cho chính mình qua các “else”.", "“{name}” comes back to itself through its “else”."
    ),
    "unused": Text("“{name}” không được dùng ở đâu.", "“{name}” is used nowhere."),
}

_CHECKS = {
    "unreachable": Text("Không có đường nào đến trạng thái “{state}”.", "No way leads to the state “{state}”."),
    "no_way_to_end": Text(
        "Từ trạng thái “{state}” hồ sơ không bao giờ kết thúc được nữa.",
        "From the state “{state}” a case can never end any more.",
    ),
    "clock_stands_still": Text(
        "Ở trạng thái “{state}” đồng hồ “{clock}” có thể không chạy: lượt này không có hạn.",
        "In the state “{state}” the clock “{clock}” may not be running: the turn has no deadline.",
    ),
    "back_to_nowhere": Text(
        "“{action}” quay lại, nhưng hồ sơ có thể ở “{state}” mà chưa từ đâu đến.",
        "“{action}” goes back, but a case may stand in “{state}” without having come from anywhere.",
    ),
    "guard_never": Text("Điều kiện “{guard}” không bao giờ đúng.", "The guard “{guard}” can never hold."),
    "guard_always": Text(
        "Điều kiện “{guard}” luôn luôn đúng; hãy bỏ đi.", "The guard “{guard}” always holds; drop it."
    ),
    "shadowed": Text(
        "Cách này của “{action}” không bao giờ đến lượt: cách trước đó đã bao trùm.",
        "This alternative of “{action}” never has its turn: an earlier one covers it.",
    ),
    "start_shadowed": Text(
        "Cách mở hồ sơ ở “{state}” này không bao giờ đến lượt: cách trước đó đã bao trùm.",
        "This way to open a case at “{state}” never has its turn: an earlier one covers it.",
    ),
    "no_else": Text(
        "“{action}” đến qua liên kết, không ai chọn, mà có thể không cách nào phù hợp.",
        "“{action}” comes through a link, by nobody's choice, and may find no alternative that fits.",
    ),
    "due_maybe_empty": Text(
        "Hạn tính theo “{field}”, mà trường này có thể còn trống ở đây.",
        "The due depends on “{field}”, which may be empty here.",
    ),
    "place_maybe_empty": Text(
        "Người ở đây tìm theo “{field}”, mà trường này có thể còn trống; hãy ghi “else” cho họ.",
        "Who this is depends on “{field}”, which may be empty here; name an “else” for them.",
    ),
    "too_many_configurations": Text(
        "Quá nhiều khả năng để kiểm hết; phần này chưa kết luận được.",
        "Too many possibilities to search them all; this part is undecided.",
    ),
    "inspection_ended": Text(
        "Việc kiểm tra phải dừng vì quá thời gian hoặc bộ nhớ cho phép; đề nghị rút gọn văn bản.",
        "The check was ended for want of time or memory; make the text simpler.",
    ),
    "neither_turn_nor_outcome": Text(
        "Trạng thái “{state}” không chờ ai và cũng không phải kết thúc; thêm “turn” hoặc “outcome”.",
        "The state “{state}” waits for nobody and is no end; give it a “turn” or an “outcome”.",
    ),
    "waits_for_nobody": Text(
        "Trạng thái “{state}” chờ “{who}”, nhưng “{who}” không có thao tác nào ở đây.",
        "The state “{state}” waits for “{who}”, who has no action here.",
    ),
    "answer_not_recorded": Text(
        "Trạng thái “{state}” chờ “{who}” ở bên ngoài, nhưng không thao tác nào ở đây nộp văn bản của “{who}”.",
        "The state “{state}” waits for the external party “{who}”, but no action here hands in a paper from “{who}”.",
    ),
    "left_without_answer": Text(
        "“{action}” rời lượt của “{who}” mà không nộp văn bản của “{who}”: "
        "thêm vào “requires” trường có “from: {who}”.",
        "“{action}” leaves the turn of “{who}” without a paper from “{who}”: add a field “from: {who}” to “requires”.",
    ),
    "extension_without_date": Text(
        "“{action}” gia hạn “{clock}” thì phải nộp hạn mới: thêm “{field}” vào “requires”.",
        "“{action}” extends “{clock}”, so it must hand in the new date: add “{field}” to “requires”.",
    ),
    "extension_without_apology": Text(
        "“{action}” gia hạn “{clock}” thì phải nộp văn bản xin lỗi (NĐ 61/2018): thêm một văn bản vào “requires”.",
        "“{action}” extends “{clock}”, so it must hand in a written apology (Decree 61/2018): "
        "add a document to “requires”.",
    ),
    "turns_exceed_clock": Text(
        "Đồng hồ “{clock}” cho {allowed} ngày, nhưng riêng các lượt trên đường ngắn nhất đã cần {sum} ngày.",
        "The clock “{clock}” allows {allowed} days, but the turns on the shortest way already take {sum}.",
    ),
    "nothing_when_late": Text(
        "Có hạn (trạng thái “{state}”) mà quá hạn không ai được báo; “escalation” cần một bước từ 0 wd trở đi.",
        "There is a due (state “{state}”), but nobody is told once it has passed; "
        "the “escalation” needs a step at 0 wd or later.",
    ),
    "empty_last_step": Text(
        "Bước đôn đốc cuối cùng có thể không đến ai ở trạng thái “{state}”; thêm “escalate_to”.",
        "In the state “{state}” the last step of the escalation may reach nobody; name somebody as “escalate_to”.",
    ),
    "escalates_to_the_turn": Text(
        "Ở trạng thái “{state}” việc trễ hạn của “{who}” chỉ được báo cho chính “{who}”.",
        "In the state “{state}” the lateness of “{who}” is told to “{who}” only.",
    ),
    "silence_ends_well": Text(
        "“{action}” kết thúc tốt mà không ai làm gì; im lặng không bao giờ là chấp thuận.",
        "“{action}” ends well although nobody did anything; silence never approves.",
    ),
    "silence_without_due": Text(
        "“{ask}” tính im lặng là trả lời, nhưng không có hạn.", "“{ask}” takes silence for an answer, but has no due."
    ),
    "ask_without_due": Text(
        "“{ask}” có kết quả nhưng không có hạn: có thể chờ mãi.",
        "“{ask}” has results but no due: it may wait for ever.",
    ),
    "link_without_receiver": Text(
        "Hồ sơ ở liên kết “{link}” không nhận được “{action}”; cần thao tác đó với “by: link”.",
        "The cases at the link “{link}” cannot receive “{action}”; it needs an action of that name with “by: link”.",
    ),
    "automatic_loop": Text(
        "Hệ thống có thể tự quay vòng mãi: {actions}.", "The system may go round by itself for ever: {actions}."
    ),
    "may_get_stuck": Text(
        "Ở trạng thái “{state}” hồ sơ có thể mắc kẹt, không còn đường kết thúc: {because}.",
        "In the state “{state}” a case can get stuck, with no way to an end: {because}.",
    ),
    "dead_action": Text(
        "Không hồ sơ nào làm được “{action}” theo cách này ở “{state}”: điều kiện của nó không bao giờ gặp ở đây.",
        "No case can ever do “{action}” this way in “{state}”: what it asks for never comes about there.",
    ),
    "silent_party": Text(
        "Nếu “{who}” không làm gì ở “{state}” thì hồ sơ nằm đó mà không ai khác biết; cần “due” và “escalate_to”.",
        "If “{who}” does nothing in “{state}” the case lies there and nobody else knows; "
        "it needs “due” and “escalate_to”.",
    ),
    "result_never": Text(
        "“{ask}” không bao giờ có kết quả “{result}”, dù mọi người trả lời thế nào.",
        "“{ask}” can never come to “{result}”, however everybody answers.",
    ),
    "secret_closes_early": Text(
        "“{action}” kết thúc “{ask}” khi chưa đủ phiếu, nên lộ ra mọi người đã bỏ phiếu thế nào.",
        "“{action}” ends “{ask}” before all have voted, which tells how people voted in secret.",
    ),
    "no_basis": Text(
        "Chưa ghi “basis”: văn bản cho phép phiên bản này. Thiếu nó thì không công bố được.",
        "There is no “basis”, the paper that allows this version. Without it nothing is published.",
    ),
    "under_regime": Text("Với các con số của “{regime}”: {finding}", "With the figures of “{regime}”: {finding}"),
    "no_label": Text(
        "“{name}” chưa có nhãn; người dùng sẽ thấy tên này.", "“{name}” has no label; people will see the name itself."
    ),
}

FINDINGS: Final = Catalogue(_FILE, _VALUES, _PARTS, _NAMES, _CHECKS, FAMILY, COUNTING, RECORD)
