"""The room of places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the integrity checks of places when Django is ready."""

    name = "lienminh.places"

    def ready(self) -> None:
        """Fill the list that `lienminh check` runs."""
        from lienminh.places import checks

        checks.register()
