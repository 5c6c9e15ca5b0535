"""Texts that are read, what was found in them, and wordings that people taught the reader."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lienminh.documents.models import Document
from lienminh.figures.models import Entry, Indicator
from lienminh.places.models import Place
from lienminh.reviews.models import Review


class Text(models.Model):
    """A text that somebody gave to be read; only the branch of its place may see it.

    `content` is what all offsets index; its SHA-256 and length are those of a document. What the
    text is (title, number, day) stands here until a figure of it is accepted: then a `document`
    says it, which everybody may read of.
    """

    class Form(models.TextChoices):
        PASTED = "pasted", _("dán vào")
        PLAIN = "txt", "TXT"
        PAGE = "html", "HTML"
        WORD = "docx", "Word"
        PDF = "pdf", "PDF"
        WORKBOOK = "xlsx", "Excel"

    ref = models.CharField(max_length=12, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    form = models.CharField(max_length=6, choices=Form)
    file_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Document.Kind.choices)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=600)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    # The dossier that was drafted from what the text holds.
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-taken_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256", "place"],
                condition=models.Q(dropped_at=None),
                name="intake_text_once_per_place",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(models.Model):
    """One figure found in a text: as the reader read it, and what a person decided.

    `said` is a `saying.Said`; `shown` is False for what is probably no figure. `tries` counts how
    often the decision was taken back, so that each acceptance posts under a key of its own.
    """

    class State(models.TextChoices):
        OPEN = "open", _("chờ quyết định")
        ACCEPTED = "accepted", _("đã nhận")
        CORRECTED = "corrected", _("đã sửa và nhận")
        REJECTED = "rejected", _("không phải số liệu")
        NOTED = "noted", _("giữ làm ghi chú")
        MATCHED = "matched", _("sổ đã có")
        REPEAT = "repeat", _("nhắc lại")

    text = models.ForeignKey(Text, models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    shown = models.BooleanField()
    said = models.JSONField()
    confidence = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    repeats = models.PositiveIntegerField(null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="intake_finding_number"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}.{self.number}: {self.state}"


class Wording(models.Model):
    """A wording that somebody taught: where these words count this unit, this is meant.

    It holds for texts of the place it was taught at until it is published to all.
    """

    ref = models.CharField(max_length=12, unique=True)
    phrase = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    cell = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, models.SET_NULL, null=True, related_name="+")
    taught_at = models.DateTimeField(auto_now_add=True)
    taught_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["folded", "pk"]

    def __str__(self) -> str:
        return f"{self.phrase} ({self.unit}) → {self.indicator_id}"
