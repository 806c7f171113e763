"""The sentences of what is wrong with counting and seeing: places, votes by name, scores, closed forms.

A part of the catalogue in `general`.
"""

from workflow.values import Text

COUNTING = {
    "not_places": Text("Số chỗ phải từ 1 đến {most}.", "There must be between 1 and {most} places."),
    "unknown_reserve": Text(
        "Không có “{name}” trong “reserves”; có: {allowed}.",
        "There is no “{name}” in “reserves”; there are: {allowed}.",
    ),
    "unknown_reserve_near": Text(
        "Không có “{name}” trong “reserves”; có phải là “{near}”? Có: {allowed}.",
        "There is no “{name}” in “reserves”; did you mean “{near}”? There are: {allowed}.",
    ),
    "reserve_maybe_empty": Text(
        "“{field}” quyết định chỗ nào được giữ nhưng ở đây có thể còn trống.",
        "“{field}” says which place is held, and may be empty here.",
    ),
    "due_without_figure": Text(
        "Hạn tính theo “{name}”, mà có hồ sơ không tra được con số nào; hãy ghi “else”.",
        "The due is so many days as “{name}” says, which has no figure for some cases; give it an “else”.",
    ),
    "sees_nothing": Text(
        "Ở trạng thái “{state}” “{who}” phải xử lý hoặc trả lời mà không được xem mục nào; hãy ghi ở “view”.",
        "In the state “{state}” “{who}” must act or answer, and sees nothing of the form; say so in “view”.",
    ),
    "link_maybe_missing": Text(
        "“{who}” là người của đơn vị ở liên kết “{link}”; hồ sơ mở theo cách khác có thể không có liên kết đó.",
        "“{who}” are people of the unit at the link “{link}”; a case opened in another way may have no such link.",
    ),
    "not_by_name": Text(
        "Phiếu kín hoặc phiếu giấy không có tên, nên không đếm riêng “{name}” được.",
        "Secret answers and papers bear no names, so “{name}” cannot be counted by itself.",
    ),
    "scores_on_paper": Text(
        "Điểm số không nhập theo phiếu giấy được; hãy để từng người chấm.",
        "Scores cannot be typed in as a count of papers; let each give their own.",
    ),
    "not_answers": Text(
        "“{found}” không phải các câu trả lời; viết từng câu với nhãn, hoặc khoảng điểm như 0..10 (từ 0 đến 100).",
        "“{found}” is not what may be answered; write each answer with a label, or scores such as 0..10 (0 to 100).",
    ),
    "result_unseen": Text(
        "Đã thử với ít người mà “{ask}” không lần nào có kết quả “{result}”; không thử thêm được.",
        "Tried with few members, “{ask}” never came to “{result}”; more could not be tried.",
    ),
}
