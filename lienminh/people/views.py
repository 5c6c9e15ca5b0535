"""Pages of accounts: signing in, one's own password and mandates."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from lienminh.people.actions import count_try, forgive_try
from lienminh.people.forms import OwnPassword, SignIn
from lienminh.people.guessing import TooMany, keys_of, remember
from lienminh.people.hooks import shown_accounts
from lienminh.people.rights import mandates_of
from lienminh.people.roles import RIGHTS, ROLES
from lienminh.places.words import place_title

TOO_MANY_REQUESTS: Final = 429


class SignInView(LoginView):
    """Sign in; a home of the demo names its accounts here."""

    template_name = "people/sign_in.html"
    authentication_form = SignIn
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the demo's accounts, where the home has them."""
        return super().get_context_data(
            demo=[one for shown in shown_accounts for one in shown()], **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look at a password only when the account and the address need not wait."""
        self.keys = keys_of(request, request.POST.get("username", ""))
        try:
            count_try(keys=self.keys, by=None)
        except TooMany as wait:
            return self._waiting(wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in: the tries before are forgiven, the browser is known."""
        forgive_try(keys=self.keys, by=form.get_user())
        response = super().form_valid(form)
        remember(response, form.get_user().get_username())
        return response

    def _waiting(self, wait: TooMany) -> HttpResponse:
        """The name stays typed, the password is not looked at."""
        form = self.form_class(initial={"username": self.request.POST.get("username", "")})
        context = self.get_context_data(form=form, wait=wait.sentence)
        return _told_to_wait(self.render_to_response(context), wait)


class AccountView(LoginRequiredMixin, PasswordChangeView):
    """One's mandates, what they allow, and a new password."""

    template_name = "people/account.html"
    form_class = OwnPassword
    success_url = reverse_lazy("account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the mandates of today."""
        held = mandates_of(self.request.user)
        rights = sorted({str(RIGHTS[right]) for mandate in held for right in ROLES[mandate.role]})
        told = [(mandate, place_title(mandate.place)) for mandate in held]
        return super().get_context_data(mandates=told, rights=rights, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The old password is guessed as slowly here as on the page of signing in."""
        self.keys = keys_of(request, request.user.get_username())
        try:
            count_try(keys=self.keys, by=None)
        except TooMany as wait:
            empty = OwnPassword(**self.get_form_kwargs() | {"data": None})
            context = self.get_context_data(form=empty, wait=wait.sentence)
            return _told_to_wait(self.render_to_response(context), wait)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        """Who knows the old password has not guessed."""
        if "old_password" not in form.errors:
            forgive_try(keys=self.keys, by=form.user)
        return super().form_invalid(form)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Say that it is done."""
        forgive_try(keys=self.keys, by=form.user)
        messages.success(self.request, _("Đã đổi mật khẩu."))
        return super().form_valid(form)


def _told_to_wait(response: HttpResponse, wait: TooMany) -> HttpResponse:
    response.status_code = TOO_MANY_REQUESTS
    response["Retry-After"] = str(wait.seconds)
    return response
