"""Conferences: when, how, who took part, what was signed. People stand by their function only."""

from typing import ClassVar

from django.db import models

from lienminh.documents.models import Document, Passage
from lienminh.people.models import Organisation
from lienminh.places.models import Place


class Conference(models.Model):
    """One gathering. What the source leaves unstated (place, mode …) stays empty."""

    class Kind(models.TextChoices):
        INTERIM_REVIEW = "interim_review", "Hội nghị sơ kết"
        CLUSTER_REVIEW = "cluster_review", "Hội nghị tổng kết cụm thi đua"
        MONTHLY_MEETING = "monthly_meeting", "Hội nghị đánh giá công tác tháng"
        DIALOGUE = "dialogue", "Hội nghị gặp mặt, đối thoại"

    class PartOfDay(models.TextChoices):
        MORNING = "morning", "buổi sáng"
        AFTERNOON = "afternoon", "buổi chiều"

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", "trực tiếp"
        ONLINE = "online", "trực tuyến"
        HYBRID = "hybrid", "trực tiếp kết hợp trực tuyến"

    ref = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    part_of_day = models.CharField(max_length=10, choices=PartOfDay.choices, blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    venue = models.CharField(max_length=300, blank=True)
    region = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    occasion = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="conferences_conference_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Office(models.Model):
    """Somebody named by function ("Chủ tịch Liên minh HTX tỉnh …") or as a body, never a person."""

    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["order"]

    def __str__(self) -> str:
        return self.name


class Participation(Office):
    """An office that took part; one that chaired and spoke has a row for each role."""

    class Role(models.TextChoices):
        HOST = "host", "Đơn vị tổ chức"
        CO_ORGANISER = "co_organiser", "Phối hợp tổ chức"
        CHAIR = "chair", "Chủ trì hội nghị"
        CO_CHAIR = "co_chair", "Đồng chủ trì hội nghị"
        ATTENDEE = "attendee", "Dự hội nghị"
        SPEAKER = "speaker", "Phát biểu"

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="participations"
    )
    role = models.CharField(max_length=15, choices=Role.choices)

    class Meta(Office.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conference", "order"], name="conferences_participation_order"
            ),
        ]


class Agreement(Passage):
    """What was signed at a conference, for which days, about which document."""

    class Kind(models.TextChoices):
        EMULATION_PACT = "emulation_pact", "Giao ước thi đua"
        COORDINATION_PLAN = "coordination_plan", "Kế hoạch phối hợp"

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="agreements")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.TextField()
    about = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Party(Office):
    """A side that signed an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
