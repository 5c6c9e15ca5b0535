"""The ledger of figures: postings and their entries, and the dictionaries they are written in."""

from django.conf import settings
from django.db import models

from lienminh.documents.models import Document
from lienminh.people.models import Organisation
from lienminh.places.models import Place


class Indicator(models.Model):
    """What is counted, in which unit, and how its figures add. Loaded from the catalogue."""

    class Measure(models.TextChoices):
        STOCK = "stock", "a state on a day"
        FLOW = "flow", "what happened in a period"
        AVERAGE = "average", "an average over a period; never added"
        RATIO = "ratio", "part over whole, computed at the grain asked for"

    class Counts(models.TextChoices):
        UNITS = "units", "things that each have one place: adds over places"
        PARTICIPANTS = "participants", "takers of part: only turns add"

    class About(models.TextChoices):
        PLACE = "place", "a place as a territory"
        ALLIANCE = "alliance", "an alliance: reported by provinces, never below"

    class Audience(models.TextChoices):
        PUBLIC = "public", "everyone"
        OFFICE = "office", "signed-in staff"

    code = models.CharField(max_length=60, unique=True)
    label_vi = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    measure = models.CharField(max_length=10, choices=Measure)
    counts = models.CharField(max_length=15, choices=Counts, default=Counts.UNITS)
    about = models.CharField(max_length=10, choices=About, default=About.PLACE)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    keys = models.JSONField(default=list)
    partitions = models.JSONField(default=list)
    numerator = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    denominator = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # What counts the organisations that state this of themselves, and whether it may be negative.
    reporters = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    signed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class CellValue(models.Model):
    """A word of the dictionary of breakdowns: one value of one key."""

    key = models.CharField(max_length=40)
    value = models.CharField(max_length=60)
    label_vi = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "value"], name="one_word_per_value")]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"


class Cell(models.Model):
    """A breakdown as its canonical text, such as `channel=a+b;scheme=c`; the whole is ``."""

    text = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.text


class Source(models.Model):
    """A chain of statements that correct one another: a reporter, a paper, a record book."""

    class Kind(models.TextChoices):
        COUNTED = "counted", "counted from records"
        REPORTED = "reported", "reported by a unit in a form"
        READ = "read", "read out of a document"

    code = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, null=True)

    def __str__(self) -> str:
        return self.code


class Posting(models.Model):
    """One numbered act on the ledger. Numbers follow the order of commits, without gaps.

    `digest` chains the postings: SHA-256 over the digest before, this head and its entries.
    """

    number = models.BigIntegerField(primary_key=True)
    instant = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    reason = models.CharField(max_length=500)
    key = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"#{self.number}"


class Entry(models.Model):
    """One line of a posting: a movement, an opening balance, or a statement, as it was said.

    `low` and `high` are 64-bit integers in the indicator's smallest unit, equal unless a range was
    said; both null withdraw what was stated under the same key. A stock's `first` and `last` are
    its as-of day. What is not stated stays empty.
    """

    class Kind(models.TextChoices):
        MOVEMENT = "movement", "something happened on a day"
        OPENING = "opening", "the balance with which the books of a place are opened"
        STATEMENT = "statement", "somebody states a number"

    class Series(models.TextChoices):
        ACTUAL = "actual", "thực hiện"
        ESTIMATE = "estimate", "ước thực hiện"
        PLAN = "plan", "kế hoạch"

    class Basis(models.TextChoices):
        STATED = "stated", "the day is stated beside the figure"
        CONTEXT = "context", "the day follows from the context"
        ARTICLE_DATE = "article_date", "only the text's own date is known"

    class Counting(models.TextChoices):
        TURNS = "turns", "lượt: acts are counted"
        DISTINCT = "distinct", "each subject is counted once"
        UNSTATED = "unstated", "not stated which"

    class Status(models.TextChoices):
        PRELIMINARY = "preliminary", "submitted or read"
        OFFICIAL = "official", "approved"

    class Relation(models.TextChoices):
        PARTITION = "partition", "the parts make up the whole"
        OF_WHICH = "of_which", "trong đó: some of the parts"
        BESIDES = "besides", "ngoài ra: outside the whole"
        OVERLAPPING = "overlapping", "the parts share something"
        UNKNOWN = "unknown", "not stated"

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries", db_index=False)
    line = models.IntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    indicator = models.ForeignKey(Indicator, models.PROTECT, db_index=False)
    place = models.ForeignKey(Place, models.PROTECT)
    holder = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False)
    cell = models.ForeignKey(Cell, models.PROTECT, db_index=False)
    series = models.CharField(max_length=10, choices=Series)
    source = models.ForeignKey(Source, models.PROTECT, db_index=False)
    first = models.DateField()
    last = models.DateField()
    covers_first = models.DateField(null=True)
    covers_last = models.DateField(null=True)
    cumulative = models.BooleanField(default=False)
    as_of_basis = models.CharField(max_length=15, choices=Basis, blank=True)
    low = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)
    bound = models.CharField(max_length=2, blank=True)
    approx = models.BooleanField(default=False)
    counting = models.CharField(max_length=10, choices=Counting, blank=True)
    status = models.CharField(max_length=12, choices=Status)
    stated_on = models.DateField()
    subject = models.CharField(max_length=60, blank=True)
    record = models.CharField(max_length=100, blank=True)
    group = models.CharField(max_length=60, blank=True)
    relation = models.CharField(max_length=15, choices=Relation, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, db_index=False)
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    as_written = models.CharField(max_length=300, blank=True)
    qualifier = models.CharField(max_length=60, blank=True)
    attribution = models.JSONField(default=list)

    class Meta:
        # Each index costs every posting: these are what lineage, pages of places and search ask by.
        indexes = [
            models.Index(fields=["indicator", "place", "source"], name="entry_figure"),
            models.Index(fields=["low"], name="entry_number"),
            models.Index(
                fields=["high"],
                name="entry_range_end",
                condition=models.Q(low__lt=models.F("high")),
            ),
            # What is stated of places, among a hundred times as many movements.
            models.Index(
                fields=["-posting", "line"],
                name="entry_stated",
                condition=models.Q(kind="statement", subject=""),
            ),
            models.Index(
                fields=["place", "indicator"],
                name="entry_stated_of",
                condition=models.Q(kind="statement", subject=""),
            ),
            models.Index(fields=["record"], name="entry_record", condition=models.Q(record__gt="")),
            models.Index(
                fields=["document"],
                name="entry_document",
                condition=models.Q(document__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["posting", "line"], name="one_entry_per_line"),
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")), name="entry_period"
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True, high__isnull=True)
                | models.Q(low__lte=models.F("high")),
                name="entry_range",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The printed code of an entry: posting and line, such as `12.3`."""
        return f"{self.posting_id}.{self.line}"


class Expectation(models.Model):
    """From `first_day` to `last_day` this place is expected to report this indicator.

    Where no expectation stands for an indicator at a level on a day, every unit of that level is
    expected; where some stand, only those.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT)
    place = models.ForeignKey(Place, models.PROTECT)
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.indicator} @ {self.place}"
