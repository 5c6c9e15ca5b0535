"""Vietnamese first: a page is in English only for who has chosen it."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class ChosenLanguage(LocaleMiddleware):
    """The language of the visitor's own choice, else Vietnamese."""

    def process_request(self, request: HttpRequest) -> None:
        """Follow the cookie that the switch sets; the browser's own list is not asked."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = dict(settings.LANGUAGES)
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
