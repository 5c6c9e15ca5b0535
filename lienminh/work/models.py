"""The installation a database belongs to."""

from django.db import models


class Installation(models.Model):
    """One row: which home this database goes with, and which world it holds."""

    ref = models.CharField(max_length=16, unique=True)
    world = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.ref
