"""The room of figures: its triggers stand after every migrate, its checks are known to `check`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FiguresConfig(AppConfig):
    """Connects the room to migrations and to the integrity checks."""

    name = "lienminh.figures"

    def ready(self) -> None:
        """Register what has to run by itself."""
        from lienminh.figures import checks, panels, searching, shell, triggers

        checks.register()
        shell.register()
        searching.register()
        panels.register()
        post_migrate.connect(triggers.create, sender=self)
