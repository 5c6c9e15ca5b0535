"""The room of the registry: its checks are known to `check`, its pages to the shell."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers what has to be found by lower rooms."""

    name = "lienminh.registry"

    def ready(self) -> None:
        """Fill the lists of the shell."""
        from lienminh.registry import checks, shell
        from lienminh.registry.own_people import panels as own_people
        from lienminh.registry.returns import checks as returned
        from lienminh.registry.returns import panels

        checks.register()
        returned.register()
        shell.register()
        panels.register()
        own_people.register()
