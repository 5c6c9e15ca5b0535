"""The room of intake: what it shows in the shell and on the pages of lower rooms."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Registers what has to be found by lower rooms."""

    name = "lienminh.intake"

    def ready(self) -> None:
        """Fill the lists of the shell, of documents and of figures."""
        from lienminh.intake import panels, shell

        shell.register()
        panels.register()
