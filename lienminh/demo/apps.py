"""The room of the demo: names its accounts on the sign-in page of its own homes."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Connects the room to the sign-in page."""

    name = "lienminh.demo"

    def ready(self) -> None:
        """Register what the sign-in page asks."""
        from lienminh.demo.accounts import on_sign_in
        from lienminh.people.hooks import shown_accounts

        shown_accounts.append(on_sign_in)
