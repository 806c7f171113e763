"""What is said of definitions that do not fit together. Facts as `checking/family` names them."""

from typing import Final

from workflow.values import Text

FAMILY: Final = {
    "link_moves_on": Text(
        "“{action}” do một liên kết làm nên không tự chuyển tiếp hồ sơ ở “{link}”; hãy để hồ sơ gửi làm cả hai.",
        "“{action}” is done through a link, so it moves no cases at “{link}” in turn; let the sender do both.",
    ),
    "decision_reopened": Text(
        "Kết thúc “{state}” có văn bản ghi số; “{action}” mở lại hồ sơ mà văn bản ấy vẫn còn. "
        "Hãy đính chính hoặc thu hồi bằng một hồ sơ liên kết.",
        "The end “{state}” came with a numbered paper; “{action}” reopens the case and the paper stands. "
        "Let a linked case correct or revoke it.",
    ),
    "opened_state_unknown": Text(
        "“{of}” không có trạng thái “{name}” để mở hồ sơ ở đó; có: {allowed}.",
        "“{of}” has no state “{name}” in which a case could be opened; there are: {allowed}.",
    ),
    "opened_field_unknown": Text(
        "“{of}” không có mục “{name}” loại {wanted} để chép “{source}” vào.",
        "“{of}” has no field “{name}” of the type {wanted} to copy “{source}” into.",
    ),
    "family_incomplete": Text(
        "Không có định nghĩa “{name}” để đối chiếu; hãy kiểm cùng với nó.",
        "The definition “{name}” is not here to compare with; verify both together.",
    ),
    "sender_unknown": Text(
        "“{action}” ở “{state}” chờ một liên kết, mà không định nghĩa nào ở đây liên kết tới; hãy kiểm cùng với nó.",
        "“{action}” in “{state}” waits for a link, and no definition here has one to it; verify both together.",
    ),
    "nobody_sends": Text(
        "Không định nghĩa nào gửi “{action}” tới đây; ở “{state}” việc này không bao giờ xảy ra.",
        "No definition sends “{action}” here; in “{state}” it never comes about.",
    ),
    "linked_act_never_comes": Text(
        "“{action}” có được gửi qua liên kết, nhưng không bao giờ khi hồ sơ ở “{state}”.",
        "“{action}” is sent through a link, but never while a case stands in “{state}”.",
    ),
    "member_state_unknown": Text(
        "“{of}” không có trạng thái “{name}”; có: {allowed}.",
        "“{of}” has no state “{name}”; there are: {allowed}.",
    ),
    "member_field_unknown": Text(
        "“{of}” không có trường “{name}” loại {wanted}: không hồ sơ nào vào được danh sách.",
        "“{of}” has no field “{name}” of the type {wanted}: no case can be put on the list.",
    ),
    "list_never_filled": Text(
        "Không bao giờ đưa được hồ sơ “{of}” nào vào danh sách “{link}”: khi có người được sửa danh sách "
        "thì không hồ sơ nào ở “{state}” mà nhận được thao tác đi kèm.",
        "No case of “{of}” can ever be put on the list “{link}”: where somebody may edit it, none stands in “{state}” "
        "and takes the act that comes with it.",
    ),
    "linked_act_never_taken": Text(
        "Hồ sơ ở liên kết “{link}” không bao giờ nhận được “{action}” vào lúc này; chẳng hạn khi đang ở “{state}”.",
        "The cases at the link “{link}” can never take “{action}” at that point; for instance while in “{state}”.",
    ),
    "member_stranded": Text(
        "Hồ sơ “{of}” có thể nằm mãi ở “{member_state}”, không danh sách nào đưa nó đi tiếp (danh sách: “{state}”).",
        "A case of “{of}” may lie in “{member_state}” for ever: no list takes it any further (the list: “{state}”).",
    ),
    "holder_blocked": Text(
        "Ở “{state}” hồ sơ này có thể không kết thúc được nữa: hồ sơ “{of}” ở liên kết “{link}” "
        "đang ở “{member_state}” và không nhận thao tác nào của nó.",
        "In “{state}” this case may never end: the case of “{of}” at the link “{link}” stands in “{member_state}” "
        "and takes none of its acts.",
    ),
    "holder_blocked_by_two": Text(
        "Ở “{state}” hồ sơ này có thể không kết thúc được nữa: hai hồ sơ trong danh sách {links} đang ở {states} "
        "và không cùng nhận thao tác nào của nó.",
        "In “{state}” this case may never end: two cases on {links} stand in {states} "
        "and there is no act of it that both take.",
    ),
    "case_left_on_list": Text(
        "Hồ sơ “{of}” bị đưa tới “{member_state}” mà vẫn nằm trong danh sách “{link}”: từ “{state}” danh sách không đi "
        "tiếp được nếu chưa gạch hồ sơ ấy.",
        "A case of “{of}” is brought to “{member_state}” and stays on the list “{link}”: from “{state}” the list "
        "cannot go on until that case is struck off.",
    ),
}
