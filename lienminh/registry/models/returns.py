"""Yearly and interim data that organisations hand in about themselves."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lienminh.registry.models.collectives import Collective


class Return(models.Model):
    """What one organisation states about itself for a period.

    `first` and `last` are the period it is for, `covers_first` and `covers_last` the days it covers
    (15 December to 14 December, Circular 09/2024/TT-BKHĐT). `values`: whole numbers by the items of
    `rules/parameters/return_items.yaml`, money in đồng; what is not stated is not there.
    """

    class Series(models.TextChoices):
        ACTUAL = "actual", _("thực hiện")
        ESTIMATE = "estimate", _("ước thực hiện")

    class State(models.TextChoices):
        """How far it is; only what is accepted is counted."""

        DRAFT = "draft", _("đang khai")
        SUBMITTED = "submitted", _("đã gửi, chờ Liên minh nhận")
        RETURNED = "returned", _("trả lại để sửa")
        ACCEPTED = "accepted", _("đã nhận")

    ref = models.CharField(max_length=12, unique=True)
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="returns")
    first = models.DateField()
    last = models.DateField()
    covers_first = models.DateField()
    covers_last = models.DateField()
    series = models.CharField(max_length=10, choices=Series, default=Series.ACTUAL)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    values = models.JSONField(default=dict)
    grade = models.CharField(max_length=8, blank=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-last", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collective", "first", "last", "series"], name="registry_one_return"
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")) & Q(covers_last__gte=F("covers_first")),
                name="registry_return_days",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "last"], name="registry_return_state")]

    def __str__(self) -> str:
        return f"{self.collective_id} {self.first}–{self.last}"
