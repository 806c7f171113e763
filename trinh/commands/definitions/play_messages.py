"""What `trinh definitions play` says, in both languages."""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_PLAY: Final = {
    "welcome": Text(
        "Thử quy trình “{title}”; không gì được ghi lại. Gõ “help” để xem các lệnh.",
        "Trying “{title}”; nothing is recorded. Type “help” for what can be said.",
    ),
    "help": Text(
        "look                 hồ sơ đang ở đâu, ai được làm gì\n"
        "people               những người có thể nhập vai\n"
        "as TÊN               làm người đó\n"
        "open                 mở hồ sơ\n"
        "do THAO_TÁC          thực hiện; sau đó nhập từng mục phải nộp (bỏ trống: giá trị có sẵn, “-”: để trống)\n"
        "until 2017-11-10 08:00   chỉnh đồng hồ tới\n"
        "next                 chỉnh đồng hồ tới hạn kế tiếp\n"
        "case SỐ              xem hồ sơ khác\n"
        "save TỆP             lưu thành các bước thử (walks)\n"
        "quit                 thôi",
        "look                 where the case is and who may do what\n"
        "people               whom one can be\n"
        "as NAME              be somebody\n"
        "open                 open a case\n"
        "do ACTION            act; then type each field to hand in (nothing: the value at hand, “-”: empty)\n"
        "until 2017-11-10 08:00   move the clock\n"
        "next                 move the clock to the next deadline\n"
        "case NUMBER          look at another case\n"
        "save FILE            keep the run as a walk\n"
        "quit                 stop",
    ),
    "prompt": Text("{now} {who}> ", "{now} {who}> "),
    "unknown": Text("Không hiểu “{said}”; gõ “help”.", "“{said}” is not understood; type “help”."),
    "nobody": Text("Không có “{said}”; có: {allowed}.", "There is no “{said}”; there are: {allowed}."),
    "no_case": Text("Chưa có hồ sơ; gõ “open”.", "There is no case yet; type “open”."),
    "no_time": Text("Ghi như: until 2017-11-10 08:00", "Write it like this: until 2017-11-10 08:00"),
    "no_past": Text("Đồng hồ chỉ đi tới.", "The clock moves forward only."),
    "nothing_due": Text("Không có thời hạn nào đang chạy.", "No deadline is running."),
    "stands": Text("Hồ sơ {number}: {state}", "Case {number}: {state}"),
    "ends": Text("  kết thúc: {outcome}", "  an end: {outcome}"),
    "turn": Text("  chờ: {who}", "  waits for: {who}"),
    "due": Text("  hạn: {due}", "  due: {due}"),
    "asked": Text("  hỏi ý kiến: {who}", "  asks: {who}"),
    "letter": Text("  thư: {letter}", "  letter: {letter}"),
    "may": Text("  do {action}: {label}", "  do {action}: {label}"),
    "may_not": Text("  không: {label} – {why}", "  not: {label} – {why}"),
    "person": Text("  {name}: {places}", "  {name}: {places}"),
    "hand_in": Text("  {label} ({kind}){at_hand}: ", "  {label} ({kind}){at_hand}: "),
    "at_hand": Text(" [{value}]", " [{value}]"),
    "done": Text("Đã thực hiện.", "Done."),
    "refused": Text("Bị từ chối: {why}", "Refused: {why}"),
    "not_typed": Text("  Chưa đúng: {problem}", "  Not understood: {problem}"),
    "saved": Text("Đã lưu {steps} bước vào {path}.", "Kept {steps} steps in {path}."),
    "not_saved": Text("Không ghi được {path}: {problem}", "{path} cannot be written: {problem}"),
    "walk_name": Text("Đã chơi thử", "As it was played"),
    # How a value is typed
    "type_table": Text(
        "bảng: {columns}; các dòng cách nhau bằng “;”, ô bằng “,”",
        "table: {columns}; “;” between rows, “,” between cells",
    ),
    "type_document": Text("văn bản: số, ngày ban hành", "document: number, date"),
    "type_external": Text(
        "văn bản: số, ngày ban hành, nơi gửi, ngày nhận", "document: number, date, sender, day of receipt"
    ),
    "type_flag": Text("yes hoặc no", "yes or no"),
    "type_choice": Text("một trong {options}", "one of {options}"),
}

PLAY: Final = Catalogue(_PLAY)
