"""What the command says to its operator, in both languages.

Sentences about the organisation, definitions and cases stand in the catalogues of the engine.
"""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_COMMANDS: Final = {
    # Starting
    "serving": Text("Trình đang chạy tại {address}", "Trình is running at {address}"),
    "stopping_how": Text("Nhấn Ctrl+C để dừng; dữ liệu nằm trong {home}.", "Press Ctrl+C to stop; data lie in {home}."),
    "demo_loading": Text("Nạp dữ liệu trình diễn", "Loading the demonstration"),
    "demo_clock": Text(
        "Đồng hồ trình diễn: {now}. Quản trị hệ thống có thể chỉnh tới.",
        "The demonstration's clock says {now}; an administrator can move it forward.",
    ),
    "demo_accounts": Text("Tài khoản trình diễn", "Demonstration accounts"),
    "demo_password": Text("Mật khẩu chung của mọi tài khoản: {password}", "One password for all of them: {password}"),
    "demo_password_given": Text(
        "Mật khẩu chung của mọi tài khoản: giá trị của TRINH_DEMO_PASSWORD",
        "One password for all of them: what TRINH_DEMO_PASSWORD says",
    ),
    "demo_password_unknown": Text(
        "Mật khẩu được đặt khi nạp dữ liệu; đặt TRINH_DEMO_PASSWORD để đổi.",
        "The password was set when the demonstration was loaded; set TRINH_DEMO_PASSWORD to change it.",
    ),
    "set_up_how": Text(
        "Chưa có tài khoản nào. Nhập đơn vị (trinh units import), rồi thêm quản trị hệ thống: "
        "trinh people add TÊN 'Họ và tên' --role admin@MÃ_ĐƠN_VỊ_GỐC.",
        "There are no accounts yet. Import units (trinh units import), then add an administrator: "
        "trinh people add NAME 'Full Name' --role admin@CODE_OF_THE_TOP_UNIT.",
    ),
    "shipped_drafted": Text(
        "Tệp mới {file} đã thành bản nháp, chờ quản trị hệ thống công bố.",
        "The new file {file} became a draft; an administrator may publish it.",
    ),
    "migrated": Text("Cơ sở dữ liệu đã ở phiên bản {revision}.", "The database is at revision {revision}."),
    # What keeps a command from working
    "home_taken": Text(
        "{home} đang được tiến trình {pid} sử dụng, tại {address}. Mở địa chỉ đó, hoặc đặt TRINH_HOME khác.",
        "{home} is in use by process {pid}, at {address}. Open that address, or set another TRINH_HOME.",
    ),
    "home_unusable": Text("Không dùng được thư mục {home}: {problem}.", "The folder {home} cannot be used: {problem}."),
    "port_taken": Text(
        "Cổng {port} đang bận; đặt PORT khác hoặc bỏ trống để tự chọn.",
        "Port {port} is taken; set another PORT, or none to have a free one chosen.",
    ),
    "port_unusable": Text(
        "Không thể lắng nghe tại {host}:{port}: {problem}.", "Cannot listen at {host}:{port}: {problem}."
    ),
    "setting_missing": Text("Cần đặt biến môi trường {name}.", "The environment variable {name} must be set."),
    "address_insecure": Text(
        "Địa chỉ {address} nằm trên mạng công cộng mà không mã hóa: mật khẩu có thể bị đọc trên đường truyền. "
        "Đặt TRINH_BASE_URL là địa chỉ có mã hóa.",
        "The address {address} is http on a public network: passwords would travel in the clear. "
        "Set TRINH_BASE_URL to the https address of the proxy.",
    ),
    "hops_missing": Text(
        "Cần đặt TRINH_TRUSTED_HOPS: số máy chủ ủy nhiệm đứng trước, 0 nếu không có. "
        "Nếu không, mọi người dùng bị coi là cùng một địa chỉ.",
        "TRINH_TRUSTED_HOPS must be set: how many proxies stand in front, 0 where there is none. "
        "Without it everybody counts as one address.",
    ),
    "setting_wrong": Text("Biến môi trường {name}: {problem}", "The environment variable {name}: {problem}"),
    "database_unreachable": Text("Không dùng được cơ sở dữ liệu: {problem}", "The database cannot be used: {problem}"),
    "not_migrated": Text(
        "Cơ sở dữ liệu ở phiên bản {found}, bản này cần {wanted}. Chạy: trinh migrate",
        "The database is at revision {found}, this release needs {wanted}. Run: trinh migrate",
    ),
    "drifted": Text("Bảng khác với mô hình: {difference}", "The tables differ from the models: {difference}"),
    "refused": Text("Bị từ chối: {reasons}", "Refused: {reasons}"),
    "unexpected": Text("Lỗi: {problem}", "An error: {problem}"),
    "file_over_limit": Text(
        "{path}: tệp quá lớn; tối đa {most} MB.", "{path}: the file is too large; at most {most} MB."
    ),
    # Definitions
    "definition_sound": Text("{path}: không có lỗi.", "{path}: no fault found."),
    "definition_published": Text(
        "Đã công bố {name} phiên bản {version}; hồ sơ mới dùng phiên bản này.",
        "Published {name} version {version}; new cases use it.",
    ),
    "start_malformed": Text(
        "“{found}” không phải là thời điểm; ghi như 2017-11-13 08:00.",
        "“{found}” is no moment; write one like 2017-11-13 08:00.",
    ),
    "walks_missing": Text("Không có {path}.", "There is no {path}."),
    "walks_counted": Text(
        "{path}: {steps} bước, {failed} sai; đã thử {covered}/{of} chuyển bước, {refused}/{of_refusals} lần từ chối, "
        "{answers}/{of_answers} câu trả lời của điều kiện.",
        "{path}: {steps} steps, {failed} of them wrong; tried: {covered} of {of} transitions, "
        "{refused} of {of_refusals} refusals, {answers} of {of_answers} answers of guards.",
    ),
    "guards_unanswered": Text(
        "{path}: Chưa có bước thử nào cho điều kiện trả lời: {items}.",
        "{path}: No walk makes a guard answer: {items}.",
    ),
    "wrong_unnoticed": Text(
        "{place}: các bước thử không nhận ra thay đổi: {operator} ({change}).",
        "{place}: the walks do not notice a wrong: {operator} ({change}).",
    ),
    "wrongs_counted": Text(
        "{path}: nhận ra {noticed}/{of} thay đổi sai ({percent} %).",
        "{path}: {noticed} of {of} wrongs noticed ({percent} %).",
    ),
    "explained": Text("Đã viết vào {path}.", "Written into {path}."),
    "drawn": Text("Đã vẽ vào {path}.", "Drawn into {path}."),
    # Organisation
    "units_imported": Text("Đã nhập: thêm {added}, sửa {changed}.", "Imported: {added} added, {changed} changed."),
    "units_fine": Text("{count} dòng đều đúng; không ghi gì.", "All {count} rows are right; nothing was written."),
    "nothing_imported": Text("{count} lỗi; không nhập gì.", "{count} faults; nothing was imported."),
    "movements_imported": Text("Đã nhập phong trào: {codes}.", "Movements imported: {codes}."),
    "movement_announced": Text(
        "Đã phát động {code}: {opened} hồ sơ được mở.", "Published {code}: {opened} cases are open."
    ),
    "link_made": Text(
        "{username} đặt mật khẩu, một lần, tại: {link}", "{username} chooses a password, once, at: {link}"
    ),
    "email_changed": Text("Đã đổi địa chỉ thư của {username} thành {email}.", "{username} is reached at {email} now."),
    "person_added": Text("Đã thêm {username}.", "Added {username}."),
    "granted": Text("Đã cấp {role} tại {unit} cho {username}.", "{username} holds {role} at {unit} from now on."),
    "grant_ended": Text("Đã kết thúc lần cấp quyền {grant}.", "The grant {grant} has ended."),
    "figure_set": Text(
        "Đã đặt giá trị số {figure} cho {name}; chỉ dùng cho hồ sơ mở từ nay.",
        "Set figure {figure} of {name}; it counts for cases opened from now on.",
    ),
    "figure_ended": Text(
        "Giá trị số {figure} chỉ còn dùng đến ngày ấy.", "Figure {figure} counts until that day only."
    ),
    "figure_does_not_fit": Text("quy trình hiện hành không dùng được", "the definition in force cannot use it"),
    "one_layer": Text("Chỉ chọn một trong --movement và --regime.", "Choose one of --movement and --regime, not both."),
    # Audit and incidents
    "audit_sound": Text("Lịch sử nguyên vẹn: không có lỗi nào.", "The history is sound: no fault was found."),
    "audit_faults": Text("{count} lỗi.", "{count} faults."),
    "audit_key_needed": Text(
        "Cần TRINH_AUDIT_KEY (khóa Ed25519, 32 byte, base64).",
        "TRINH_AUDIT_KEY (an Ed25519 key, 32 bytes, base64) is needed.",
    ),
    "audit_key_wrong": Text(
        "TRINH_AUDIT_KEY phải là 32 byte ở dạng base64.", "TRINH_AUDIT_KEY must be 32 bytes in base64."
    ),
    "checkpoint_written": Text(
        "Đã ký xác nhận vào {path}; hãy giữ ở nơi khác. Khóa công khai: {public_key}",
        "Signed into {path}; keep it somewhere else. Public key: {public_key}",
    ),
    "checkpoint_unreadable": Text("{path} không phải tệp xác nhận.", "{path} is no checkpoint."),
    "fault_gap": Text(
        "{place}: thiếu mục, cần số {expected}", "{place}: an entry is missing, number {expected} was expected"
    ),
    "fault_changed": Text("{place}: nội dung đã bị sửa", "{place}: the content was changed"),
    "fault_column": Text(
        "{place}: cột khác với nội dung đã ký chuỗi", "{place}: a column says something else than the entry"
    ),
    "fault_head": Text(
        "{place}: hồ sơ không kết thúc ở cuối lịch sử", "{place}: the case does not end where its history ends"
    ),
    "fault_document": Text(
        "tệp {sha256}: thiếu hoặc đã bị sửa trên đĩa", "document {sha256}: missing or changed on disk"
    ),
    "fault_state": Text("{place}: hồ sơ khác với lịch sử của nó", "{place}: the case is not what its history says"),
    "fault_calendar": Text(
        "{place}: lịch làm việc dùng khi quyết định đã mất hoặc bị sửa",
        "{place}: the calendar it was decided with is gone or was changed",
    ),
    "fault_unfoldable": Text("{place}: không dựng lại được lịch sử", "{place}: the history cannot be decided again"),
    "fault_cut": Text(
        "{place}: mục mà bản xác nhận đã thấy không còn", "{place}: an entry that the checkpoint saw is gone"
    ),
    "fault_replaced": Text("{place}: mục khác với bản xác nhận", "{place}: an entry differs from the checkpoint"),
    "fault_forged": Text(
        "{place}: bản xác nhận không do khóa này ký", "{place}: the checkpoint is not signed by this key"
    ),
    "place_case": Text("hồ sơ {case}, mục {seq}", "case {case}, entry {seq}"),
    "place_administration": Text("việc quản trị, mục {seq}", "administrators' acts, entry {seq}"),
    "no_incidents": Text("Không có việc nào bị kẹt.", "Nothing is stuck."),
    "retried": Text("Việc {job} sẽ được thử lại.", "Job {job} will be tried again."),
    "job_unknown": Text("Không có việc {job} bị kẹt.", "No job {job} is stuck."),
}

COMMANDS: Final = Catalogue(_COMMANDS)
