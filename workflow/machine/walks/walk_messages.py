"""What is wrong with a walk, Vietnamese and English: faults of its file, steps that do not come true, what is untried.

Knows no rule.
"""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_FAULTS: Final = {
    "unknown_key": Text(
        "Không có từ khóa “{key}”; dùng được: {allowed}.", "There is no key “{key}”; there are: {allowed}."
    ),
    "missing_key": Text("Thiếu “{key}”.", "“{key}” is missing."),
    "not_people": Text(
        "“{found}” không có trong people của quy trình; viết tên đó, hoặc “vai trò at nơi”.",
        "“{found}” is no name under the definition's people; write one, or “role at place”.",
    ),
    "not_introduced": Text(
        "“{found}” chưa có trong people của các bước thử.", "“{found}” is not among the walk's people."
    ),
    "no_such_value": Text(
        "Không có giá trị “{found}” trong given.values.", "There is no value “{found}” in given.values."
    ),
    "not_a_time": Text("Phải là thời điểm như 2017-11-10 08:00.", "This must be a time like 2017-11-10 08:00."),
    "not_in_family": Text(
        "Không có quy trình “{found}” cùng nhóm.", "There is no definition “{found}” in this family."
    ),
    "who_does_what": Text(
        "Một bước có cả who và does, hoặc chỉ có until.", "A step has both who and does, or only until."
    ),
}

_RESULTS: Final = {
    "refused": Text(
        "“{action}” bị từ chối ({kind}: {codes}): {reasons}", "“{action}” was refused ({kind}: {codes}): {reasons}"
    ),
    "not_refused": Text(
        "“{action}” phải bị từ chối nhưng đã thực hiện, hồ sơ sang “{state}”.",
        "“{action}” should be refused but was done; the case came to “{state}”.",
    ),
    "differs": Text("{what} phải là {expected}, thực tế là {found}.", "{what} should be {expected} but is {found}."),
    "no_case": Text("Chưa có hồ sơ số {case}.", "There is no case {case} yet."),
    "untried": Text("Chưa có bước thử nào đi qua: {items}.", "No walk goes through: {items}."),
    "unrefused": Text("Chưa có bước thử nào bị từ chối: {items}.", "No walk is refused: {items}."),
}

FAULTS: Final = Catalogue(_FAULTS)
"""What is wrong with the file of a walk."""
RESULTS: Final = Catalogue(_RESULTS)
"""What came of a walk that it did not expect."""
