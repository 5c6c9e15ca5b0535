"""What a person sees when something cannot be done: one page, one sentence, what to do."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lienminh.rules.errors import Refused


class Forbidden(Exception):
    """The account may see the thing, but not do this with it."""


class RefusalMiddleware:
    """Turns refusals raised by views into pages: 422, 404 and 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page for a refusal; None leaves any other exception to Django."""
        if isinstance(fault, Refused):
            return refusal(request, 422, _("Chưa làm được"), _(str(fault)))
        if isinstance(fault, Forbidden):
            return refusal(request, 403, _("Không thuộc quyền của bạn"), forbidden_sentence())
        if isinstance(fault, Http404):
            return not_found(request, fault)
        return None


def forbidden_sentence() -> str:
    """Why, and what to do."""
    return _("Tài khoản này không có quyền làm việc đó ở đây; hãy nhờ người có quyền.")


def refusal(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """One sentence on a page of its own."""
    context = {"title": title, "sentence": sentence}
    return render(request, "web/refusal.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing here, or nothing for this account; the two look alike."""
    sentence = _("Không có trang này, hoặc trang không dành cho bạn. Hãy tìm theo tên hoặc con số.")
    return refusal(request, 404, _("Không tìm thấy"), sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from elsewhere, or too late."""
    sentence = _(
        "Biểu mẫu đã hết hạn hoặc được gửi từ nơi khác. Hãy quay lại, tải lại trang và gửi lại."
    )
    return refusal(request, 403, _("Biểu mẫu không hợp lệ"), sentence)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request no form of ours sends, such as one far too large."""
    sentence = _("Yêu cầu không đúng hoặc quá lớn. Hãy rút ngắn nội dung rồi gửi lại từ biểu mẫu.")
    return refusal(request, 400, _("Yêu cầu không hợp lệ"), sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    sentence = _(
        "Hệ thống gặp lỗi. Chưa có gì được ghi. Hãy thử lại; nếu vẫn lỗi, báo người quản trị."
    )
    return refusal(request, 500, _("Lỗi của hệ thống"), sentence)
