"""The room of reviews: what it shows in the shell stands there as soon as it is ready."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Fills the shell's lists."""

    name = "lienminh.reviews"

    def ready(self) -> None:
        """Register what other rooms show of this one."""
        from lienminh.reviews import shell

        shell.register()
