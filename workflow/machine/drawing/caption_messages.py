"""What is written on a drawing, Vietnamese and English: in its states, on its arrows, for those who hear it.

Knows no definition.
"""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.machine.words import DAYS
from workflow.values import Text

_CAPTIONS: Final = {
    "picture": Text("Sơ đồ quy trình: {title}", "Drawing of the definition: {title}"),
    "about": Text("{states} trạng thái, {ends} kết thúc. {basis}", "{states} states, {ends} of them ends. {basis}"),
    "turn": Text("Chờ: {who}", "Waits for: {who}"),
    "due": Text("Hạn: {due}", "Due: {due}"),
    "ask": Text("Hỏi: {label} – {who}", "Asks: {label} – {who}"),
    "ask_due": Text("trong {due}", "within {due}"),
    "figure": Text("{days} ({label})", "{days} ({label})"),
    "before": Text("trước {name}", "before {name}"),
    "until": Text("đến hết {name}", "until the end of {name}"),
    "at": Text("lúc mở cửa công sở, {name}", "when offices open, {name}"),
    "milestone": Text("mốc “{name}”", "milestone “{name}”"),
    "own_milestone": Text("mốc của hồ sơ", "the milestone by which it is owed"),
    "plus": Text("{due}, thêm {count}", "{due}, plus {count}"),
    "minus": Text("{due}, lùi {count}", "{due}, less {count}"),
    "good": Text("Kết thúc: đạt", "End: good"),
    "neutral": Text("Kết thúc: trung tính", "End: neutral"),
    "bad": Text("Kết thúc: không đạt", "End: bad"),
    "start_movement": Text("Phong trào mở", "The movement opens"),
    "start_link": Text("Hồ sơ khác mở", "Another case opens"),
    "start_people": Text("{who} mở", "{who} opens"),
    "system": Text("tự động", "by itself"),
    "link": Text("từ hồ sơ liên kết", "from a linked case"),
    "external": Text("{who} (bên ngoài)", "{who} (external)"),
    "opens": Text("{who}, mở hồ sơ mới", "{who}, opens a new case"),
    "leads": Text("{action} → {state}", "{action} → {state}"),
}

CAPTIONS: Final = Catalogue(_CAPTIONS, DAYS)
