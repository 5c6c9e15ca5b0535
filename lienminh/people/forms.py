"""Forms of accounts; their words are ours, for Django's Vietnamese has gaps."""

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignIn(AuthenticationForm):
    """Name and password."""

    error_messages = {
        "invalid_login": _("Tên hoặc mật khẩu không đúng. Mật khẩu phân biệt chữ hoa, chữ thường."),
        "inactive": _("Tài khoản này đã ngừng hoạt động; hãy hỏi người quản trị."),
    }


class OwnPassword(PasswordChangeForm):
    """A new password for oneself."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("Mật khẩu đang dùng không đúng; hãy gõ lại."),
        "password_mismatch": _("Hai lần gõ mật khẩu mới không giống nhau."),
    }
