"""The reasons why a well-formed question has no figure."""

from lienminh.figures.questions import Why

NOT_FOR_YOU = Why(
    "This figure is for signed-in staff; sign in to read it.",
    "Số liệu này dành cho cán bộ đã đăng nhập; hãy đăng nhập để xem.",
)
INCOMPLETE = Why(
    "Only {reporting} of {expected} that are expected to report have a figure.",
    "mới có {reporting}/{expected} đơn vị phải báo cáo có số liệu",
)
NOT_ADDED = Why(
    "The figures below are averages, or may count the same taker of part twice.",
    "số liệu cấp dưới là số bình quân, hoặc có thể tính trùng, nên không cộng",
)
NO_TERMS = Why(
    "It is a quotient, and one of its terms has no figure: {term}.",
    "đây là thương của hai vế, và một vế chưa có số liệu: {term_vi}",
)
ENDED = Why(
    "The place ended on {day}; ask for what it became, or for an earlier period.",
    "địa phương này không còn từ sau ngày {day:%d/%m/%Y}; hãy hỏi nơi kế tiếp hoặc kỳ trước đó",
)
NO_MEMBERS = Why(
    "Nobody states the members of this grouping on that day, so nothing is added.",
    "nguồn không nêu thành viên của nhóm địa phương này vào ngày đó, nên không cộng",
)
PARTS_ONLY = Why(
    "Only parts of it are stated, and nobody states that they make up the whole.",
    "chỉ có số liệu từng phần, không nguồn nào nêu rằng các phần ấy hợp thành tổng",
)
DO_NOT_TILE = Why(
    "What is stated for shorter periods overlaps or leaves gaps, so it is not added.",
    "số liệu của các kỳ ngắn hơn chồng lên nhau hoặc còn thiếu kỳ, nên không cộng",
)
NOTHING = Why(
    "No source states it, and nothing below the place reports it.",
    "không nguồn nào nêu và cấp dưới chưa báo cáo",
)
