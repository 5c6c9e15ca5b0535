"""Accounts, and the organisations of the system through time."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lienminh.places.models import Place


class User(AbstractUser):
    """An account. Its rights come from roles by place and dates, which the web app brings."""


class Mandate(models.Model):
    """A role of an account in a place and all inside it, between two days."""

    class Role(models.TextChoices):
        """See `people.roles` for what each may do."""

        DEPARTMENT = "department", _("cán bộ Liên minh HTX Việt Nam")
        OFFICER = "officer", _("cán bộ Liên minh HTX tỉnh")
        LEADER = "leader", _("lãnh đạo")

    user = models.ForeignKey(User, models.CASCADE, related_name="mandates")
    role = models.CharField(max_length=12, choices=Role)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="mandate_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} @ {self.place_id}"


class Tries(models.Model):
    """Tries to sign in without success, of one account or from one address; soon forgotten."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last"], name="tries_last")]

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"


class Organisation(models.Model):
    """A body that acts, reports or holds a figure, as long as it is the same body.

    An alliance merged from several is a new one with predecessors, not a renamed one. `place` is
    where it acts (for a regional office the grouping it serves), `parent` what it is part of. An
    unknown first or last day is empty. No person stands here.
    """

    class Kind(models.TextChoices):
        """What sort of body it is."""

        ALLIANCE = "alliance", "liên minh hợp tác xã"
        AGENCY = "agency", "cơ quan nhà nước"
        FUND = "fund", "quỹ"
        DEPARTMENT = "department", "ban, đơn vị trực thuộc"
        REGIONAL_OFFICE = "regional_office", "cơ quan thường trực khu vực"
        UNION = "union", "hội, đoàn thể"
        COMMITTEE = "committee", "ban chỉ đạo, thường trực"
        COOPERATIVE_BODY = "cooperative_body", "tổ chức kinh tế tập thể"
        PRESS = "press", "cơ quan báo chí"

    ref = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=16, choices=Kind)
    place = models.ForeignKey(Place, models.PROTECT, related_name="organisations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="units")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        ordering = ["ref"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="organisation_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["kind", "place"], name="organisation_holder")]

    def __str__(self) -> str:
        return self.name


class OrganisationSuccession(models.Model):
    """The old body merged into the new one; an inferred day is that of the reform of borders."""

    class Basis(models.TextChoices):
        """Where the day comes from."""

        STATED = "stated", "nguồn nêu"
        INFERRED = "inferred", "suy ra từ ngày sắp xếp đơn vị hành chính"

    old = models.ForeignKey(Organisation, models.CASCADE, related_name="successor_links")
    new = models.ForeignKey(Organisation, models.CASCADE, related_name="predecessor_links")
    day = models.DateField()
    basis = models.CharField(max_length=8, choices=Basis)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="organisation_succession_key"),
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="organisation_succession_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
