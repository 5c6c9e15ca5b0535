"""Why a file is not read: a word for the screens, which have a sentence of their own for each."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.rules.errors import Refused


class Unreadable(Refused):
    """A file that is not read: `why` is a key of SENTENCES, the text is for the command line."""

    def __init__(self, why: str, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why

    @property
    def told(self) -> str:
        """What is wrong and how to mend it, in the language of the page."""
        return str(SENTENCES[self.why])


SENTENCES: Final[dict[str, Promise]] = {
    "size": _("Tệp quá lớn (nhiều nhất 32 MB); hãy tách ra, hoặc chỉ gửi phần chữ."),
    "long": _("Văn bản quá dài để đọc một lần; hãy tách thành nhiều tệp."),
    "empty": _("Tệp không có chữ nào; nếu là bản quét, hãy nhận dạng chữ (OCR) trước."),
    "scan": _(
        "PDF chỉ có ảnh chụp trang, không có chữ (bản quét); hãy nhận dạng chữ (OCR) trước, "
        "hoặc gửi tệp gốc mà bản này được in ra."
    ),
    "encrypted": _("Tệp có mật khẩu; hãy bỏ mật khẩu rồi gửi lại."),
    "old_office": _(
        "Tệp Office kiểu cũ hoặc có mật khẩu; hãy lưu thành .docx, .xlsx không mật khẩu."
    ),
    "picture": _("Đây là một tấm ảnh; hãy nhận dạng chữ trong ảnh rồi gửi phần chữ."),
    "archive": _("Tệp nén này không phải .docx hay .xlsx; hãy gửi chính văn bản."),
    "swells": _("Tệp bung ra quá lớn; hãy chỉ gửi phần chữ."),
    "broken": _("Tệp hỏng; hãy mở bằng chương trình đã làm ra nó, lưu lại rồi gửi."),
    "entities": _(
        "Tệp .docx này tự khai báo thực thể, điều Word không làm; hãy lưu lại bằng Word."
    ),
    "heavy": _("Tệp hỏng hoặc quá nặng để đọc; hãy in ra PDF mới, hoặc chỉ gửi phần chữ."),
    "pages": _("PDF có quá nhiều trang (nhiều nhất 5.000); hãy tách ra."),
    "encoding": _("Tệp chữ không phải UTF-8; hãy mở, lưu lại với mã UTF-8 rồi gửi."),
    "damaged_encoding": _("Tệp ghi là UTF-16 nhưng bị hỏng; hãy lưu lại với mã UTF-8."),
    "old_encoding": _(
        "Một phần văn bản gõ bằng bảng mã cũ (TCVN3 hoặc VNI); hãy chuyển phần ấy sang Unicode "
        "(UniKey: Ctrl+Shift+F6) rồi gửi lại."
    ),
    "binary": _("Tệp không phải văn bản; hãy gửi .txt, .html, .docx, .pdf hoặc .xlsx."),
    "missing": _("Không mở được tệp; hãy chọn lại."),
}
