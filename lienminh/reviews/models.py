"""Review dossiers: words around figures. A number is bound to its question, never typed in."""

from typing import ClassVar

from django.db import models

from lienminh.conferences.models import Conference, Office
from lienminh.documents.models import Document, Passage
from lienminh.figures.models import Indicator
from lienminh.places.models import Place


class Review(models.Model):
    """What one conference reviewed: a scope, a period, and the document it is told by."""

    slug = models.SlugField(max_length=120, unique=True)
    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="review")
    title = models.TextField()
    scope = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reviews")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="reviews_review_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Subject(models.Model):
    """A programme or scheme under review; `value` is its cell value when figures are cut by it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="subjects")
    order = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    value = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]

    def __str__(self) -> str:
        return self.document.title


class Point(Passage):
    """One thing the conference heard, found or asked, in our own words, with who said it.

    `text` may hold placeholders `{key}` of the review's numbers. `open_ended`: the source's list
    breaks off after this point. Without a subject it is about the review as a whole.
    """

    class Section(models.TextChoices):
        PROCEEDINGS = "proceedings", "Nội dung hội nghị"
        SITUATION = "situation", "Đặc điểm tình hình"
        DIRECTION = "direction", "Công tác lãnh đạo, chỉ đạo"
        RESULT = "result", "Kết quả thực hiện"
        VERDICT = "verdict", "Nhận định chung"
        STRENGTH = "strength", "Ưu điểm"
        LIMIT = "limit", "Tồn tại, hạn chế"
        CAUSE = "cause", "Nguyên nhân"
        LESSON = "lesson", "Bài học kinh nghiệm"
        RAISED = "raised", "Ý kiến, kiến nghị của hợp tác xã"
        ANSWER = "answer", "Giải đáp"
        TASK = "task", "Nhiệm vụ"
        RECOMMENDATION = "recommendation", "Kiến nghị, đề xuất"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="points")
    section = models.CharField(max_length=20, choices=Section.choices)
    order = models.PositiveSmallIntegerField()
    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, null=True, blank=True, related_name="points"
    )
    text = models.TextField()
    speaker = models.CharField(max_length=300, blank=True)
    addressee = models.CharField(max_length=300, blank=True)
    open_ended = models.BooleanField(default=False)

    class Meta(Passage.Meta):
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Passage.Meta.constraints,
            models.UniqueConstraint(fields=["review", "order"], name="reviews_point_order"),
        ]

    def __str__(self) -> str:
        return self.text


class Actor(Office):
    """Who is to act on a point, and in which role."""

    class Role(models.TextChoices):
        LEAD = "lead", "Chủ trì"
        COOPERATE = "cooperate", "Phối hợp"
        PERFORM = "perform", "Thực hiện"

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="actors")
    role = models.CharField(max_length=10, choices=Role.choices)


class Number(models.Model):
    """A printed number: the question whose answer prints where a point says `{key}`."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="numbers")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    cell = models.CharField(max_length=300, blank=True)
    series = models.CharField(max_length=10)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "key"], name="reviews_number_key"),
            models.UniqueConstraint(fields=["review", "order"], name="reviews_number_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.indicator_id} {self.first}..{self.last}"

    @property
    def code(self) -> str:
        """The short code printed beside the number, as "S01"."""
        return f"S{self.order:02d}"
