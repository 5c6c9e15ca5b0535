"""The alliance's work on the registry: who speaks for whom, proposals, duplicates, imports."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lienminh.registry.models.collectives import Collective


class Delegate(models.Model):
    """An account that acts for one organisation between two days: its own people."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="represented_rows"
    )
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="delegates")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} → {self.collective_id}"


class Proposal(models.Model):
    """A change that an organisation's own people ask for; the alliance accepts or returns it."""

    class State(models.TextChoices):
        OPEN = "open", _("chờ xem xét")
        ACCEPTED = "accepted", _("đã chấp nhận")
        RETURNED = "returned", _("trả lại")

    ref = models.CharField(max_length=12, unique=True)
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="proposals")
    changes = models.JSONField()
    day = models.DateField()
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.collective_id}: {self.state}"


class Distinct(models.Model):
    """Two records that somebody looked at and found to be two organisations."""

    one = models.ForeignKey(Collective, models.CASCADE, related_name="+")
    other = models.ForeignKey(Collective, models.CASCADE, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="registry_distinct_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="registry_distinct_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class SavedFilter(models.Model):
    """A question to the list that an account keeps under a name: the query of its address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "name"], name="registry_filter_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """A workbook being taken in: what it is, how its columns were read, how far it is.

    `file` names the upload kept under its SHA-256; `done` rows are in the registry, in chunks that
    are each all or nothing, so that it goes on where it was interrupted and never doubles.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("đang ghép cột")
        RUNNING = "running", _("đang nhập")
        DONE = "done", _("đã nhập xong")
        DROPPED = "dropped", _("đã bỏ")

    ref = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.MAPPING)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    started_at = models.DateTimeField(auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-started_at"]

    def __str__(self) -> str:
        return self.name


class Mapping(models.Model):
    """How the columns under these heads were read last, remembered for the next workbook."""

    heads = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()

    def __str__(self) -> str:
        return self.heads
