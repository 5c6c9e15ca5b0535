"""The room of places."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from lienminh.web.hooks import MenuItem, add_to_menu


class PlacesConfig(AppConfig):
    """Registers the integrity checks of places when Django is ready."""

    name = "lienminh.places"

    def ready(self) -> None:
        """Fill the list that `lienminh check` runs."""
        from lienminh.places import bar, checks, searching

        bar.register()
        checks.register()
        searching.register()
        add_to_menu(MenuItem("places", gettext_noop("Địa phương"), 40))
