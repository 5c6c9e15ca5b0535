"""Review dossiers: words around figures. A number is bound to its question, never typed in."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lienminh.conferences.models import Conference, Office
from lienminh.documents.models import Document
from lienminh.figures.models import Indicator
from lienminh.people.models import User
from lienminh.places.models import Place


class State(models.TextChoices):
    """How far a dossier is: told again from the press, being written or given up, or issued for
    good."""

    RETOLD = "retold", _("dựng lại từ báo chí")
    DRAFT = "draft", _("dự thảo")
    ABANDONED = "abandoned", _("dự thảo đã bỏ")
    ISSUED = "issued", _("đã ban hành")


class Review(models.Model):
    """What one conference reviewed: a scope and a period.

    One told again from the press names the `document` that tells it. One written here was started
    from another (`origin`) by an account, under the one-time `key` of its form; `seen` is the
    posting up to which its figures were last looked at. An `abandoned` draft is kept, but listed
    nowhere, and its conference does not count as held.
    """

    slug = models.SlugField(max_length=120, unique=True)
    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="review")
    title = models.TextField()
    scope = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    origin = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="started"
    )
    started_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    edited_at = models.DateTimeField(default=timezone.now)
    seen = models.PositiveBigIntegerField(default=0)
    abandoned = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="reviews_review_days_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(abandoned=False) | models.Q(document=None),
                name="reviews_review_retold_stays",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State:
        """How far it is, as its rows say."""
        if self.document_id is not None:
            return State.RETOLD
        if hasattr(self, "issue"):
            return State.ISSUED
        return State.ABANDONED if self.abandoned else State.DRAFT


class Step(models.Model):
    """A draft given up, or taken up again: who, when and why. Steps are only added."""

    class What(models.TextChoices):
        ABANDONED = "abandoned", _("bỏ dự thảo")
        RESUMED = "resumed", _("viết tiếp")

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=What)
    instant = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.what} {self.instant}"


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


class Point(models.Model):
    """One thing the conference heard, found or asked, in our own words, with who said it.

    `text` may hold placeholders `{key}` of the review's numbers. `open_ended`: the source's list
    breaks off after this point. Without a subject it is about the review as a whole. One told by a
    document says where: characters `start` up to, not with, `end`.
    """

    class Section(models.TextChoices):
        PROCEEDINGS = "proceedings", gettext_noop("Nội dung hội nghị")
        SITUATION = "situation", gettext_noop("Đặc điểm tình hình")
        DIRECTION = "direction", gettext_noop("Công tác lãnh đạo, chỉ đạo")
        RESULT = "result", gettext_noop("Kết quả thực hiện")
        VERDICT = "verdict", gettext_noop("Nhận định chung")
        STRENGTH = "strength", gettext_noop("Ưu điểm")
        LIMIT = "limit", gettext_noop("Tồn tại, hạn chế")
        CAUSE = "cause", gettext_noop("Nguyên nhân")
        LESSON = "lesson", gettext_noop("Bài học kinh nghiệm")
        RAISED = "raised", gettext_noop("Ý kiến, kiến nghị của hợp tác xã")
        ANSWER = "answer", gettext_noop("Giải đáp")
        TASK = "task", gettext_noop("Nhiệm vụ")
        RECOMMENDATION = "recommendation", gettext_noop("Kiến nghị, đề xuất")

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
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="reviews_point_passage_not_empty",
            ),
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


class Issue(models.Model):
    """A dossier as it was issued: its composed paper and the last posting known then.

    Neither this nor its answers ever change; what the ledger says later is shown beside them.
    """

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="issue")
    instant = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    known_at = models.PositiveBigIntegerField()
    paper = models.JSONField()

    def __str__(self) -> str:
        return f"{self.review_id} #{self.known_at}"


class IssuedAnswer(models.Model):
    """What a number of an issued dossier printed, and the whole answer behind it."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="answers")
    number = models.OneToOneField(Number, on_delete=models.PROTECT, related_name="issued")
    words = models.CharField(max_length=300)
    answer = models.JSONField()

    def __str__(self) -> str:
        return self.words
