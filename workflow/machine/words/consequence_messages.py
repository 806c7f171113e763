"""What an act would do, and what has changed since somebody read that, Vietnamese and English."""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_CONSEQUENCES: Final = {
    "ends": Text("Hồ sơ kết thúc ở trạng thái “{state}”", "The case ends as “{state}”"),
    "goes": Text("Hồ sơ chuyển sang “{state}”", "The case moves to “{state}”"),
    "may_go": Text(
        "Hồ sơ chuyển sang một trong các trạng thái: {state}", "The case moves to one of these states: {state}"
    ),
    "no_more_answers": Text("{count} người không trả lời được nữa", "{count} people can no longer answer"),
    "no_more_ballots": Text("{count} người không bỏ phiếu được nữa", "{count} people can no longer vote"),
    "needed": Text(
        "Cần {needed} ý kiến “{answer}” trên tổng số {members} người được hỏi; đã có {answered} người trả lời.",
        "It takes {needed} answers “{answer}” of all {members} who are asked; {answered} have answered.",
    ),
    "not_enough": Text(
        "{count} trường hợp không đủ phiếu để có kết quả “{result}”.",
        "{count} cannot come to “{result}”: there are too few votes.",
    ),
    "not_enough_alone": Text(
        "Không đủ phiếu để có kết quả “{result}”.", "It cannot come to “{result}”: there are too few votes."
    ),
    "more_could": Text("Chờ đủ ý kiến thì vẫn có thể đạt.", "With the answers that are missing it still could."),
    "known_later": Text(
        "{count} trường hợp: kết quả chỉ biết sau khi kết thúc.", "For {count}, the result is known only once it ends."
    ),
    "known_later_alone": Text("Kết quả chỉ biết sau khi kết thúc.", "The result is known only once it ends."),
    "moves": Text("{count} {kind} chuyển sang “{state}”", "{count} of “{kind}” move to “{state}”"),
    "moves_and_ends": Text(
        "{count} {kind} chuyển sang “{state}”, kết thúc", "{count} of “{kind}” move to “{state}” and end"
    ),
    "may_move": Text(
        "{count} {kind} chuyển sang một trong các trạng thái: {state}",
        "{count} of “{kind}” move to one of these states: {state}",
    ),
    "opens": Text("Mở {count} hồ sơ mới: {kind}", "{count} new cases are opened: {kind}"),
    "may_open": Text("Mở từ {fewest} đến {most} hồ sơ mới: {kind}", "{fewest} to {most} new cases are opened: {kind}"),
    "paper": Text("Văn bản số {symbol} được ghi vào hồ sơ", "Document {symbol} is put on record"),
    "external": Text("Hồ sơ chờ trả lời của {party}", "The case waits for {party}"),
    "told": Text("{count} người nhận thông báo ngay", "{count} people are told at once"),
    "perhaps_told": Text(
        "Từ {fewest} đến {most} người nhận thông báo ngay", "{fewest} to {most} people are told at once"
    ),
    "due": Text("Thời hạn bước tiếp theo: {on}", "The next step is due: {on}"),
    "due_stops": Text("Thời hạn đang chạy dừng lại", "The deadline that runs now stops"),
    "refusable": Text(
        "Tùy kết quả kiểm phiếu, thao tác này có thể không thực hiện được.",
        "Depending on the count, this act may turn out to be refused.",
    ),
    "and_others": Text("{names} và {count} người khác", "{names} and {count} others"),
    "and_other_cases": Text("{names} và {count} trường hợp khác", "{names} and {count} others"),
    "asked": Text(
        "{action} khi mới có {answered}/{members} người trả lời?", "{action} with {answered} of {members} answers?"
    ),
    "asked_ballots": Text(
        "{action} khi mới có {answered}/{members} phiếu?", "{action} with {answered} of {members} votes?"
    ),
    "ask_ballot": Text("Gửi phiếu này?", "Send this ballot?"),
    "ask_reply": Text("Gửi câu trả lời này?", "Send this answer?"),
    "ballot": Text("Bỏ phiếu", "Vote"),
    "reply": Text("Gửi câu trả lời", "Answer"),
    "asked_plain": Text("{action}?", "{action}?"),
    "final": Text("{action} thì không hoàn tác được.", "{action}: this cannot be undone."),
    "still": Text("Vẫn {action}", "Still {action}"),
}
_CHANGES: Final = {
    "more_ballots": Text("Vừa có thêm {count} phiếu. Xem lại.", "{count} more have just voted. Look again."),
    "fewer_ballots": Text("Số phiếu vừa thay đổi. Xem lại.", "The votes have just changed. Look again."),
    "told": Text(
        "Số người nhận thông báo vừa thay đổi: trước là {before}, nay là {now}. Xem lại.",
        "The number of people who are told has just changed: it was {before} and is {now}. Look again.",
    ),
    "moved": Text(
        "Số hồ sơ chuyển theo vừa thay đổi: trước là {before}, nay là {now}. Xem lại.",
        "The number of cases that move along has just changed: it was {before} and is {now}. Look again.",
    ),
    "otherwise": Text(
        "Hệ quả vừa thay đổi. Chưa thực hiện; đề nghị xem lại.",
        "What would follow has just changed. Nothing was done; look again.",
    ),
}

CONSEQUENCES: Final = Catalogue(_CONSEQUENCES)
CHANGES: Final = Catalogue(_CHANGES)
"""Why somebody is asked again."""
