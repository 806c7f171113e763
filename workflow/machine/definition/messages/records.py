"""What is said of definitions that do not fit the organisation and the movements of a record.

Facts as `checking/staffing` and `checking/rules/movements` name them.
"""

from typing import Final

from workflow.values import Text

RECORD: Final = {
    "unknown_milestone": Text(
        "Phong trào {movement} không có mốc “{name}”, nên hạn này không bao giờ đến; có: {allowed}.",
        "The movement {movement} has no milestone “{name}”, so this due would never come; there are: {allowed}.",
    ),
    "unknown_milestone_near": Text(
        "Phong trào {movement} không có mốc “{name}”; có phải “{near}”? Có: {allowed}.",
        "The movement {movement} has no milestone “{name}”; did you mean “{near}”? There are: {allowed}.",
    ),
    "nobody_there": Text(
        "{count} đơn vị ({units}…) không có ai ở “{who}” (vai trò {role}): hồ sơ nằm lại ở “{state}”.",
        "{count} units ({units}…) have nobody as “{who}” (role {role}): their cases stay in “{state}”.",
    ),
    "separation_leaves_nobody": Text(
        "Ở {count} đơn vị ({units}…) “separate” không để lại ai cho “{who}” ở “{state}”: luôn luôn mắc kẹt.",
        "At {count} units ({units}…) “separate” leaves nobody for “{who}” in “{state}”: always stuck.",
    ),
    "separation_may_leave_nobody": Text(
        "Ở {count} đơn vị ({units}…) “separate” có thể không để lại ai cho “{who}” ở “{state}”, "
        "tuỳ ai đã làm trước đó.",
        "At {count} units ({units}…) “separate” may leave nobody for “{who}” in “{state}”, depending on who acted.",
    ),
    "own_interest_leaves_nobody": Text(
        "Ở {count} đơn vị ({units}…) chỉ một người là “{who}”: hồ sơ về chính người đó sẽ mắc kẹt ở “{state}”.",
        "At {count} units ({units}…) “{who}” is one person: a case about that person gets stuck in “{state}”.",
    ),
    "too_few_for_result": Text(
        "Ở {count} đơn vị ({units}…) chỉ có {members} người cho “{ask}”: không bao giờ có kết quả “{result}”.",
        "At {count} units ({units}…) there are only {members} for “{ask}”: it can never come to “{result}”.",
    ),
    "own_interest_forbids_result": Text(
        "Ở {count} đơn vị ({units}…) hồ sơ về một trong {members} người của “{ask}” không bao giờ có kết quả "
        "“{result}”: người ấy không được biểu quyết về mình.",
        "At {count} units ({units}…) a case about one of the {members} of “{ask}” can never come to “{result}”: "
        "that one has no say on it.",
    ),
    "too_few_to_end": Text(
        "Ở {count} đơn vị ({units}…) số người được hỏi không đủ: hồ sơ mắc kẹt ở “{state}”.",
        "At {count} units ({units}…) too few are asked: cases get stuck in “{state}”.",
    ),
}
