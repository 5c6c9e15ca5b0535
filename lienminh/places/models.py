"""Administrative units through time, groupings of them, and which unit lies within which."""

from django.db import models
from django.db.models import F, Q


class Level(models.TextChoices):
    """Where a place stands; a grouping stands beside the tree, not in it."""

    NATION = "nation", "cả nước"
    GROUPING = "grouping", "nhóm địa phương"
    PROVINCE = "province", "cấp tỉnh"
    DISTRICT = "district", "cấp huyện"
    COMMUNE = "commune", "cấp xã"


class Extent(models.TextChoices):
    """How much of the old unit went into the new one."""

    WHOLE = "whole", "toàn bộ"
    PART = "part", "một phần"
    UNSTATED = "unstated", "nguồn không nêu"


class Place(models.Model):
    """One unit through time: the same row as long as its territory is the same.

    Codes and names are reused by other units, so the key is level, code and first day; `ref`
    ("p70-2008") says the same and never changes.
    """

    ref = models.CharField(max_length=64, unique=True)
    level = models.CharField(max_length=8, choices=Level)
    code = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "first_day"], name="place_key"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="place_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["level", "first_day"], name="place_level")]

    def __str__(self) -> str:
        return self.ref


class Spell(models.Model):
    """What a place was called, its kind and what it belonged to, between two days."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="spells")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey(Place, models.CASCADE, null=True, related_name="child_spells")

    class Meta:
        ordering = ["place", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["place", "first_day"], name="spell_key"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="spell_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another name people write for a place, whatever the day."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "folded"], name="alias_key"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """The old unit ended and, wholly or in part, went into the new one on `day`."""

    old = models.ForeignKey(Place, models.CASCADE, related_name="successor_links")
    new = models.ForeignKey(Place, models.CASCADE, related_name="predecessor_links")
    day = models.DateField()
    extent = models.CharField(max_length=8, choices=Extent)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_key"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class Member(models.Model):
    """A place belongs to a grouping between two days; a grouping without members states none."""

    grouping = models.ForeignKey(Place, models.CASCADE, related_name="member_rows")
    place = models.ForeignKey(Place, models.CASCADE, related_name="grouping_rows")
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grouping", "place", "first_day"], name="member_key"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} ∈ {self.grouping_id}"


class Within(models.Model):
    """`place` lies wholly within `ancestor`, seen in the borders whose first day is `geography`.

    For every geography g and every unit P that ever existed, the rows (g, P, …) give all units of
    any epoch inside P, P itself included; the nation holds all; groupings are not here.

    - P lives in g: a unit of g is inside its parents; a unit of other borders hangs at the lowest
      unit of g that holds all its successors (or predecessors), never at one that holds a part.
    - P does not live in g: the rows of P are those of the borders it lived in, so that an ended
      province still holds its own communes.

    To roll up in g, join ancestors that live in g, and each unit is inside one per level at most.
    """

    geography = models.DateField()
    ancestor = models.ForeignKey(Place, models.CASCADE, related_name="+", db_index=False)
    place = models.ForeignKey(Place, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["geography", "ancestor", "place"], name="within_key"),
        ]
        indexes = [models.Index(fields=["place", "geography"], name="within_place")]

    def __str__(self) -> str:
        return f"{self.place_id} ⊂ {self.ancestor_id} ({self.geography})"
