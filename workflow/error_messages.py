"""What the verbs outside cases refuse, Vietnamese and English: each code of an error, of a fault of an imported file.

Filled with the facts that the error carries. Reasons about cases have their sentences in `machine.words`, findings
about definitions in `machine.definition`.
"""

from typing import Final

from workflow.catalogue import Catalogue
from workflow.values import Text

_ERRORS: Final = {
    "only_administrators": Text(
        "Chỉ quản trị hệ thống được làm việc này.", "Only administrators may do this."
    ),
    "calendar_feed_unknown": Text("Không có lịch ở địa chỉ này.", "There is no calendar at this address."),
    "only_people_of_the_unit": Text(
        "Chỉ người của đơn vị nộp hồ sơ được cấp mã tra cứu mới.",
        "Only people of the unit whose case it is may get a new PIN.",
    ),
    "not_oneself": Text("Không thể tự làm việc này với chính mình.", "You cannot do this to yourself."),
    # Papers and drafts
    "not_yours_to_prepare": Text(
        "Hồ sơ này hiện không chờ ông/bà soạn.", "This case does not wait for you to prepare it."
    ),
    "draft_outdated": Text(
        "Người khác vừa lưu bản nháp của hồ sơ này. Nội dung ông/bà nhập vẫn được giữ trên trang, chưa lưu; "
        "lưu lần nữa sẽ thay bản nháp đó.",
        "Somebody else has just saved a draft of this case. What you typed is still on the page and not saved; "
        "saving again replaces theirs.",
    ),
    # Asking once more
    "nobody_to_remind": Text(
        "Hiện không có ai mà ông/bà có thể đề nghị trả lời.", "There is nobody now whom you could ask once more."
    ),
    "reminded_today": Text(
        "Hôm nay những người chưa trả lời đã được đề nghị rồi; mỗi ngày một lần.",
        "Those who have not answered were asked once more today already: once a day is enough.",
    ),
    # Remarks
    "not_yours_to_request": Text(
        "Hồ sơ này hiện không chờ ông/bà xem xét.", "This case does not wait for your review."
    ),
    "remark_missing": Text("Không tìm thấy nội dung này.", "There is no such remark."),
    "remark_empty": Text("Cần ghi nội dung.", "Say what it is about."),
    "remark_too_long": Text("Nội dung không quá {longest} ký tự.", "At most {longest} characters."),
    "remark_place_unknown": Text("Hồ sơ không có mục này.", "The case has no such place."),
    "mention_may_not_see": Text(
        "Chỉ nhắc đến được người có quyền xem nội dung này.", "Only people who may read this can be named."
    ),
    "mentions_too_many": Text(
        "Một lời trao đổi nhắc đến nhiều nhất {most} người.", "A comment names at most {most} people."
    ),
    "no_unit_to_tell": Text("Ông/bà chưa giữ nhiệm vụ tại đơn vị nào.", "You hold no desk at any unit."),
    "document_missing": Text("Không tìm thấy tài liệu này.", "There is no such document."),
    "file_empty": Text("Tệp không có nội dung.", "The file is empty."),
    "file_too_large": Text("Tệp {size} MB, tối đa {megabytes} MB. Đề nghị nén hoặc tách tệp.",
        "The file has {size} MB, at most {megabytes} MB are taken. Compress it or split it."),
    "file_kind": Text(
        "Chỉ nhận tệp PDF, ảnh PNG hoặc JPEG, DOCX, XLSX.", "Only PDF, PNG or JPEG images, DOCX and XLSX are taken."
    ),
    "file_old_office": Text(
        "Tệp Word hoặc Excel kiểu cũ (.doc, .xls): đề nghị lưu lại thành PDF, DOCX hoặc XLSX.",
        "A Word or Excel file of the old kind (.doc, .xls): save it as PDF, DOCX or XLSX.",
    ),
    "file_heic": Text(
        "Ảnh HEIC của điện thoại không xem được trên máy tính: đề nghị lưu thành JPEG rồi gửi.",
        "A HEIC photograph cannot be shown on most computers: save it as JPEG and send that.",
    ),
    "file_with_macros": Text("Tệp có chứa macro nên không được nhận.", "The file contains macros and is not taken."),
    "file_damaged": Text("Tệp bị hỏng, không mở được.", "The file is damaged and cannot be opened."),
    "setting_unknown": Text("Không có lựa chọn “{value}”.", "There is no choice “{value}”."),
    # The desk
    "selection_too_large": Text(
        "Mỗi lần chỉ xử lý được nhiều nhất {most} hồ sơ.", "At most {most} cases can be acted on at once."
    ),
    "snooze_date": Text(
        "Chọn một ngày sau hôm nay, không quá {most} ngày.", "Choose a day after today, at most {most} days ahead."
    ),
    "snooze_too_late": Text(
        "Hồ sơ {case} đến hạn hôm nay hoặc đã quá hạn, không nhắc lại sau được.",
        "Case {case} is due today or late and cannot be put off.",
    ),
    "view_name_needed": Text(
        "Cần đặt tên cho cách xem, không quá {most} ký tự.", "A view needs a name of at most {most} characters."
    ),
    "view_name_taken": Text("Đã có cách xem tên “{name}”.", "There is a view “{name}” already."),
    "views_too_many": Text("Chỉ lưu được {most} cách xem.", "At most {most} views are kept."),
    # People
    "person_unknown": Text("Không tìm thấy người dùng {person}.", "There is no person {person}."),
    "nobody_matches": Text("Không tìm thấy ai khớp với nội dung đã nhập.", "Nobody matches what was typed."),
    "several_match": Text(
        "Có nhiều người khớp, đề nghị chọn một người dưới đây.", "Several people match; choose one of them below."
    ),
    "username_taken": Text("Tên đăng nhập {username} đã có người dùng.", "The user name {username} is taken."),
    "username_stays": Text(
        "Tên đăng nhập không đổi được; vẫn là {username}.", "A user name cannot change; it stays {username}."
    ),
    "username_malformed": Text(
        "Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm, gạch ngang, gạch dưới; đầu và cuối là chữ hoặc số.",
        "A user name has plain small letters, digits, dots, hyphens, underscores; letters or digits at both ends.",
    ),
    "full_name_needed": Text(
        "Cần ghi họ và tên, không quá {longest} ký tự.", "A full name is needed, of at most {longest} characters."
    ),
    "email_malformed": Text("Địa chỉ thư điện tử không đúng.", "This is not an e-mail address."),
    "language_unknown": Text(
        "Ngôn ngữ {language} chưa được hỗ trợ; đề nghị chọn vi hoặc en.",
        "There is no language {language}; choose vi or en.",
    ),
    "password_too_short": Text(
        "Mật khẩu cần ít nhất {shortest} ký tự.", "A password needs at least {shortest} characters."
    ),
    "password_too_long": Text(
        "Mật khẩu không được quá {longest} ký tự.", "A password has at most {longest} characters."
    ),
    "password_too_common": Text(
        "Mật khẩu này quá dễ đoán (mật khẩu phổ biến hoặc chứa tên đăng nhập).",
        "This password is too easy to guess: it is a common one or contains the user name.",
    ),
    "link_over": Text(
        "Liên kết này không còn giá trị: đã được dùng, đã hết hạn hoặc đã được thay bằng liên kết mới.",
        "This link is of no more use: it was used, its time is over, or a newer one has taken its place.",
    ),
    "email_needed": Text(
        "{name} chưa có địa chỉ thư điện tử; đề nghị ghi địa chỉ trước khi gửi liên kết.",
        "{name} has no e-mail address; write one down before sending a link.",
    ),
    "email_of_duty": Text(
        "{name} giữ vai trò quyết định hoặc quản trị; một quản trị viên không đổi được địa chỉ thư của người đó.",
        "{name} holds a role that decides or administers; one administrator cannot change that person's address.",
    ),
    "slip_for_nobody_with_mail": Text(
        "{name} có địa chỉ thư điện tử; đề nghị gửi liên kết qua thư.",
        "{name} has an e-mail address; send the link by mail.",
    ),
    "slip_for_no_duty": Text(
        "{name} giữ vai trò quyết định hoặc quản trị; liên kết chỉ được gửi qua thư hoặc tạo bằng dòng lệnh.",
        "{name} holds a role that decides or administers; a link is sent by mail or made on the command line only.",
    ),
    "person_inactive": Text("Tài khoản của {name} đang ngừng hoạt động.", "The account of {name} is not in use."),
    "password_guessed": Text(
        "Đã nhập sai mật khẩu hiện nay nhiều lần. Đề nghị thử lại sau ít phút.",
        "The present password was wrong too often. Please try again in a few minutes.",
    ),
    "session_over": Text("Phiên đăng nhập này đã kết thúc.", "This session has ended."),
    "password_wrong": Text("Mật khẩu hiện tại không đúng.", "The present password is wrong."),
    # Grants and substitutions
    "grant_to_oneself": Text("Không ai được tự cấp quyền cho mình.", "Nobody grants a role to oneself."),
    "needs_second": Text(
        "Vai trò này có quyền quyết định hoặc quản trị; cần quản trị viên thứ hai xác nhận.",
        "This role decides or administers; a second administrator must confirm it.",
    ),
    "second_is_proposer": Text("Cần một quản trị viên khác xác nhận.", "Another administrator must confirm it."),
    "second_is_meant": Text(
        "Việc này liên quan đến chính ông/bà; cần một quản trị viên khác xác nhận.",
        "This is about you; another administrator must confirm it.",
    ),
    "second_too_new": Text(
        "Người xác nhận phải là quản trị viên từ ít nhất 72 giờ và từ trước khi việc này được đề nghị.",
        "Whoever confirms must have administered for 72 hours at least, and since before this was proposed.",
    ),
    "pending_act_waits": Text("Chưa đến lúc xác nhận được việc này.", "It is too early to confirm this."),
    "pending_act_over": Text(
        "Việc này đã được xác nhận, đã rút hoặc đã hết hạn.", "This was confirmed or withdrawn, or has lapsed."
    ),
    "grant_unknown": Text("Không có lần cấp quyền {grant}.", "There is no grant {grant}."),
    "grant_overlaps": Text(
        "Người này đã giữ vai trò {role} tại {unit} trong khoảng thời gian đó.",
        "This person already holds {role} at {unit} in that time.",
    ),
    "grant_end_outside": Text(
        "Ngày kết thúc phải nằm trong thời hạn của quyền (từ {valid_from}).",
        "The last day must lie within the grant (from {valid_from}).",
    ),
    "last_administrator": Text(
        "Đây là quản trị hệ thống cuối cùng; đề nghị cấp quyền cho người khác trước.",
        "This is the last administrator; grant the role to somebody else first.",
    ),
    "role_unknown": Text("Không có vai trò {role}.", "There is no role {role}."),
    "role_not_here": Text("Không cấp vai trò {role} tại {unit}.", "The role {role} is not granted at {unit}."),
    "span_empty": Text("Ngày kết thúc phải sau ngày bắt đầu.", "The end must come after the beginning."),
    "substitute_oneself": Text(
        "Không ai được tự nhận ủy quyền của người khác.", "Nobody makes oneself somebody else's substitute."
    ),
    "substitute_is_principal": Text(
        "Người được ủy quyền phải là người khác.", "The substitute must be somebody else."
    ),
    "substitution_unknown": Text("Không có ủy quyền {substitution}.", "There is no substitution {substitution}."),
    "substitution_over": Text("Ủy quyền đã hết hạn từ {valid_to}.", "The substitution ended on {valid_to}."),
    "capacity_unknown": Text(
        "Thể thức ký {capacity} không dùng được; đề nghị chọn KT., TL. hoặc TUQ.",
        "There is no capacity {capacity}; choose KT., TL. or TUQ.",
    ),
    "paper_needed": Text(
        "Cần ghi số, ngày của văn bản ủy quyền.", "The number and date of the paper that appoints are needed."
    ),
    "principal_holds_nothing": Text(
        "Người ủy quyền không giữ vai trò này trong thời gian đó nên không thể ủy quyền.",
        "The principal does not hold this role in that time and cannot pass it on.",
    ),
    # Units and their import
    "unit_unknown": Text("Không có đơn vị {unit}.", "There is no unit {unit}."),
    "value_needed": Text("Cần có giá trị.", "A value is needed."),
    "column_missing": Text("Thiếu cột này.", "This column is missing."),
    "column_unknown": Text("Không biết mục này. Các mục được dùng: {allowed}.", "Unknown. Allowed are: {allowed}."),
    "heading_twice": Text("Tên cột bị lặp.", "The heading stands twice."),
    "row_too_long": Text("Dòng có nhiều ô hơn dòng tiêu đề.", "The row has more cells than there are headings."),
    "cell_too_long": Text("Có ô dài quá {most} ký tự.", "A cell has more than {most} characters."),
    "text_too_long": Text("Dài quá {most} ký tự.", "Longer than {most} characters."),
    "hidden_character": Text("Có ký tự không in được.", "There is a character that does not print."),
    "legacy_font": Text(
        "«{found}» được gõ bằng phông chữ cũ (TCVN3 hoặc VNI). Đề nghị chuyển sang Unicode rồi nhập lại.",
        "“{found}” was typed for an old font (TCVN3 or VNI). Convert it to Unicode and import again.",
    ),
    "kind_unknown": Text("Không có loại đơn vị «{found}». {allowed}", "There is no kind of unit “{found}”. {allowed}"),
    "owes_unknown": Text(
        "«{found}» không dùng được; đề nghị ghi {allowed}.", "“{found}” will not do; write {allowed}."
    ),
    "one_block_a_year": Text(
        "Mỗi đơn vị chỉ thuộc một khối, cụm thi đua trong một năm.", "A unit belongs to one block in a year."
    ),
    "moment_malformed": Text(
        "«{found}» không phải là thời điểm có múi giờ; đề nghị ghi như 2017-11-10T08:00+07:00.",
        "“{found}” is no moment with its offset; write one like 2017-11-10T08:00+07:00.",
    ),
    "date_malformed": Text(
        "Ngày không hợp lệ: “{found}”. Đề nghị ghi dd/mm/yyyy, ví dụ: 15/11/2017.",
        "“{found}” is not a date; write dd/mm/yyyy, such as 15/11/2017.",
    ),
    "code_twice": Text(
        "Mã {found} đã có ở dòng {first}.", "The code {found} stands in row {first} already."
    ),
    "code_malformed": Text("Mã không đúng dạng ({allowed}).", "The code has not the right form ({allowed})."),
    "name_taken": Text(
        "«{found}» đã có nghĩa riêng; đề nghị chọn tên khác.",
        "“{found}” has a meaning of its own; choose another name.",
    ),
    "parent_unknown": Text("Không có đơn vị cấp trên {found}.", "There is no parent unit {found}."),
    "parent_circle": Text(
        "Đơn vị {found} nằm dưới chính nó.", "The unit {found} would stand under itself."
    ),
    "block_unknown": Text("Không có khối, cụm thi đua {found}.", "There is no block {found}."),
    "second_top": Text(
        "Chỉ có một đơn vị đứng đầu ({first}); đề nghị ghi đơn vị cấp trên.",
        "Only one unit stands at the top ({first}); name a parent.",
    ),
    "no_top": Text("Không có đơn vị nào đứng đầu.", "No unit stands at the top."),
    "table_too_large": Text("Tệp lớn quá {most} MB.", "The file is larger than {most} MB."),
    "file_too_many_rows": Text("Tệp có quá {most} dòng.", "The file has more than {most} rows."),
    "file_too_complex": Text(
        "Tệp giải nén quá lớn hoặc quá phức tạp nên không đọc.", "The file is too large or too complex once unpacked."
    ),
    "file_encrypted": Text(
        "Tệp có mật khẩu; đề nghị bỏ mật khẩu trước.", "The file is encrypted; remove the password first."
    ),
    "file_old_excel": Text(
        "Tệp Excel kiểu cũ (.xls). Đề nghị lưu lại thành .xlsx hoặc .csv (UTF-8).",
        "This is an old Excel file (.xls). Save it as .xlsx or as .csv (UTF-8).",
    ),
    "file_not_utf8": Text(
        "Tệp CSV không ở dạng UTF-8. Đề nghị lưu lại thành CSV UTF-8 hoặc .xlsx.",
        "The CSV file is not in UTF-8. Save it as CSV UTF-8 or as .xlsx.",
    ),
    "file_unreadable": Text("Không đọc được tệp này.", "The file cannot be read."),
    "table_empty": Text("Tệp không có dữ liệu.", "The file has no rows."),
    # Movements
    "movement_unknown": Text("Không có phong trào {movement}.", "There is no movement {movement}."),
    "movement_not_under_way": Text(
        "“{title}” chưa bắt đầu hoặc đã kết thúc, nên không mở hồ sơ mới được.",
        "“{title}” has not begun or is over, so no new case can belong to it.",
    ),
    "movement_published": Text(
        "Phong trào {movement} đã được phát động nên không nhập lại được.",
        "The movement {movement} is published and cannot be imported again.",
    ),
    "movement_case_refused": Text(
        "Quy trình đang dùng không cho mở hồ sơ cho đơn vị {unit}.",
        "The definition in force would not open a case for unit {unit}.",
    ),
    "obligation_unknown": Text(
        "Đơn vị của ông/bà không có nghĩa vụ hay lời mời này.", "Your unit has no such obligation or invitation."
    ),
    "before_or_until": Text(
        "Cần ghi đúng một trong hai: before (trước ngày) hoặc until (đến hết ngày).",
        "Exactly one of before and until is needed.",
    ),
    "milestone_missing": Text(
        "Hạn trong quy trình {definition} tính theo mốc {found}, mà phong trào này không có. Hiện có: {allowed}.",
        "The definition {definition} counts towards a milestone {found}, which this movement has not. "
        "It has: {allowed}.",
    ),
    "definition_unknown": Text(
        "Không có quy trình {found} đã ban hành. Hiện có: {allowed}.",
        "No definition {found} is published. There are: {allowed}.",
    ),
    "list_needed": Text("Cần một danh sách.", "A list is needed."),
    "mapping_needed": Text("Cần các mục «khóa: giá trị».", "Entries “key: value” are needed."),
    "both_languages_needed": Text(
        "Cần ghi cả hai ngôn ngữ: «tiếng Việt | English».", "Both languages are needed: “tiếng Việt | English”."
    ),
    # Calendar and clock
    "calendar_missing": Text("Chưa có lịch làm việc.", "There is no calendar yet."),
    "calendar_day_unknown": Text(
        "Ngày {on_date} không có ghi chú gì trong lịch.", "The calendar says nothing special of {on_date}."
    ),
    "calendar_kind_unknown": Text("Không có loại ngày {kind}.", "There is no kind of day {kind}."),
    "text_needed": Text("Cần ghi tên bằng cả hai ngôn ngữ.", "A name in both languages is needed."),
    "demo_needs_empty_database": Text(
        "Chỉ cơ sở dữ liệu trống mới có thể thành bản trình diễn.", "Only an empty database can become a demonstration."
    ),
    "clock_is_real": Text(
        "Đồng hồ chỉ dời được trong bản trình diễn.", "Only a demonstration's clock can be moved."
    ),
    "clock_only_forward": Text(
        "Đồng hồ chỉ dời về phía trước; bây giờ là {now}.", "The clock moves forward only; it is {now}."
    ),
    # Publishing
    "draft_unknown": Text("Quy trình {name} không có bản nháp.", "The definition {name} has no draft."),
    "draft_unreadable": Text(
        "Không lưu được: dòng {line} có ký tự không nhìn thấy được, hoặc văn bản dài quá 256 kB.",
        "Not saved: line {line} has a character that nobody can see, or the text is longer than 256 kB.",
    ),
    "draft_exists": Text(
        "Quy trình {name} đã có bản nháp của người khác; đề nghị mở bản đó.",
        "The definition {name} has a draft already; open that one.",
    ),
    "draft_changed": Text(
        "Bản nháp của {name} vừa được người khác sửa, ban hành hoặc bỏ. Đề nghị xem lại.",
        "Somebody changed, published or discarded the draft of {name} meanwhile. Look again.",
    ),
    "definition_draft_outdated": Text(
        "Từ khi lưu bản nháp này, {name} đã có phiên bản mới. Đề nghị so sánh rồi lưu lại.",
        "A newer version of {name} was published since this draft was saved. Compare, then save again.",
    ),
    "definition_has_errors": Text(
        "Văn bản có {count} lỗi, lỗi đầu ở dòng {line}.", "The text has {count} errors, the first in line {line}."
    ),
    "definition_undecided": Text(
        "Chưa kết luận được {name} có đúng hay không vì quá nhiều khả năng, nên chưa ban hành được.",
        "Whether {name} is sound could not be decided among so many possibilities, so it cannot be published.",
    ),
    "definition_renamed": Text(
        "Văn bản là của quy trình {found}, không phải {name}.", "The text is of the definition {found}, not {name}."
    ),
    "definition_unchanged": Text(
        "Đây chính là phiên bản đang dùng của {name}.", "This is the version of {name} that is in use."
    ),
    "basis_missing": Text(
        "Chưa ghi văn bản làm căn cứ (basis), nên chưa ban hành được.",
        "The paper that allows this version (basis) is not named, so it cannot be published.",
    ),
    "definition_misfits": Text(
        "Với phiên bản này, “{name}” (dòng {line} của nó) không còn khớp: hồ sơ liên kết sẽ mắc kẹt.",
        "With this version “{name}” (its line {line}) would no longer fit: linked cases would get stuck.",
    ),
    "author_publishes": Text(
        "Ai đã sửa bản nháp thì không ban hành bản nháp đó; cần một quản trị viên chưa sửa.",
        "Nobody who has changed the draft publishes it; an administrator who has not must.",
    ),
    "regime_unknown": Text(
        "Không có căn cứ pháp lý {regime}; xem trinh params list.",
        "There is no regime {regime}; see trinh params list.",
    ),
    "figure_unknown": Text("Không có giá trị số {figure}.", "There is no figure {figure}."),
    "source_needed": Text("Cần ghi văn bản quy định giá trị này.", "The paper that sets this figure is needed."),
    "span_backwards": Text(
        "Ngày cuối {valid_to} trước ngày đầu {valid_from}.",
        "The last day, {valid_to}, is before the first, {valid_from}.",
    ),
    "shipped_file_changed": Text(
        "Tệp {path} đã được ban hành rồi bị sửa. Phiên bản mới phải là một tệp mới (v2.yaml …).",
        "The file {path} was published and has been changed since. A new version is a new file (v2.yaml …).",
    ),
    "vocabulary_malformed": Text("Tệp {path} sai ở {place}.", "The file {path} is wrong at {place}."),
}  # fmt: skip
_PLACES: Final = {
    "row": Text("dòng {row}", "row {row}"),
}

ERRORS: Final = Catalogue(_ERRORS)
PLACES: Final = Catalogue(_PLACES)
"""Where in a file a fault stands."""
