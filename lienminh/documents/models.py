"""Documents and where they cite each other; texts that are kept lie in the room that reads them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop


class Document(models.Model):
    """An article, plan, law or scheme that something was read from or that was cited."""

    class Kind(models.TextChoices):
        ARTICLE = "article", gettext_noop("Bài báo")
        REPORT = "report", gettext_noop("Báo cáo")
        LAW = "law", gettext_noop("Luật")
        RESOLUTION = "resolution", gettext_noop("Nghị quyết")
        PLAN = "plan", gettext_noop("Kế hoạch")
        SCHEME = "scheme", gettext_noop("Đề án")
        PROGRAMME = "programme", gettext_noop("Chương trình")
        DECREE = "decree", gettext_noop("Nghị định")
        DECISION = "decision", gettext_noop("Quyết định")
        CIRCULAR = "circular", gettext_noop("Thông tư")
        DIRECTIVE = "directive", gettext_noop("Chỉ thị")
        LETTER = "letter", gettext_noop("Công văn")
        OTHER = "other", gettext_noop("Văn bản khác")

    ref = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.TextField()
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    # The paper or site that the article itself names as its origin.
    taken_from = models.CharField(max_length=200, blank=True)
    # SHA-256 of the UTF-8 bytes, and length in characters, of the text that offsets index.
    content_sha256 = models.CharField(max_length=64, blank=True)
    content_length = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["content_sha256"],
                condition=~models.Q(content_sha256=""),
                name="documents_document_one_per_text",
            ),
            models.CheckConstraint(
                condition=models.Q(content_sha256="", content_length=None)
                | (~models.Q(content_sha256="") & models.Q(content_length__gt=0)),
                name="documents_document_text_and_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})" if self.number else self.title


class Passage(models.Model):
    """Where something stands in a document's text: characters `start` up to, not with, `end`."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="%(app_label)s_%(class)s_passage_not_empty",
            ),
        ]


class Reference(Passage):
    """A document citing another, with the number and date as cited: citations may disagree."""

    cited = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="cited_at")
    number_as_cited = models.CharField(max_length=80, blank=True)
    date_as_cited = models.DateField(null=True, blank=True)

    class Meta(Passage.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Passage.Meta.constraints,
            models.UniqueConstraint(
                fields=["document", "start", "end", "cited"],
                name="documents_reference_once_per_passage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cited} ({self.document_id}:{self.start}–{self.end})"
