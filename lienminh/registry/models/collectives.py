"""The registry: each organisation of the collective economy and the acts of its life.

What an organisation is on a day follows from its acts up to that day (`registry.life`). The columns
of `Collective` repeat its present state, so that it can be found and listed; only acts change them.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lienminh.documents.models import Document
from lienminh.figures.models import Posting
from lienminh.places.models import Place


class Kind(models.TextChoices):
    """What an organisation is by law (Law 17/2023/QH15, article 4)."""

    COOPERATIVE = "cooperative", _("hợp tác xã")
    CREDIT_FUND = "credit_fund", _("quỹ tín dụng nhân dân")
    UNION = "union", _("liên hiệp hợp tác xã")
    GROUP = "group", _("tổ hợp tác")
    BRANCH = "branch", _("chi nhánh, văn phòng đại diện, địa điểm kinh doanh")


class Sector(models.TextChoices):
    """The field of the main line of business (Decree 113/2024/NĐ-CP, article 4)."""

    AGRICULTURE = "agriculture", _("nông nghiệp")
    INDUSTRY = "industry", _("công nghiệp – xây dựng")
    FINANCE = "finance", _("tài chính, ngân hàng và bảo hiểm")
    SERVICES = "services", _("thương mại – dịch vụ và lĩnh vực khác")


class Legal(models.TextChoices):
    """The status at the registration office."""

    ACTIVE = "active", _("đang hoạt động")
    SUSPENDED = "suspended", _("tạm ngừng kinh doanh")
    NOT_AT_SEAT = "not_at_seat", _("không còn hoạt động tại địa chỉ đã đăng ký")
    TAX_REVOKED = "tax_revoked", _("bị thu hồi do cưỡng chế về quản lý thuế")
    DISSOLVING = "dissolving", _("đang làm thủ tục giải thể")
    BANKRUPTCY = "bankruptcy", _("đang làm thủ tục phá sản")
    DISSOLVED = "dissolved", _("đã giải thể, chấm dứt hoạt động")
    REVOKED = "revoked", _("bị thu hồi giấy chứng nhận")
    BANKRUPT = "bankrupt", _("đã phá sản")
    DIVIDED = "divided", _("đã chia")
    MERGED = "merged", _("đã sáp nhập, hợp nhất")
    CONVERTED = "converted", _("đã chuyển đổi")


class Reporting(models.TextChoices):
    """The status under which the alliance reports it."""

    ACTIVE = "active", _("đang hoạt động")
    STOPPED = "stopped", _("ngừng hoạt động")
    AWAITING = "awaiting", _("chờ giải thể")
    ENDED = "ended", _("đã chấm dứt")


class Collective(models.Model):
    """An organisation of the collective economy: a cooperative, group, union, fund or branch.

    `number` is that of its certificate or, of an older one, empty: then `certificate` says which
    paper it has. The rest is its present state, kept by the acts. `version` counts its changes, so
    that of two people saving the same record the second is told.
    """

    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="branches")
    number = models.CharField(max_length=20, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    certificate = models.CharField(max_length=120, blank=True)
    certificate_on = models.DateField(null=True)
    certificate_by = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(max_length=120, blank=True)
    notes = models.TextField(blank=True)
    products = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    # Its index is the one the list is read from, below.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="absorbed", db_index=False
    )
    # The present state.
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    address = models.CharField(max_length=300, blank=True)
    sector = models.CharField(max_length=12, choices=Sector, blank=True)
    women_managed = models.BooleanField(null=True)
    minority_area = models.BooleanField(null=True)
    legal = models.CharField(max_length=12, choices=Legal, default=Legal.ACTIVE)
    reporting = models.CharField(max_length=8, choices=Reporting, default=Reporting.ACTIVE)
    alliance_member = models.BooleanField(default=False)
    founded_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # What it is searched by: its names, number, tax code and products without diacritics.
    folded = models.TextField(blank=True)
    # What it is sorted and compared by: its name without diacritics and words of kind.
    name_key = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=~Q(number="") & Q(merged_into=None),
                name="registry_one_per_number",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="registry_merges_into_another"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["place", "kind"], name="registry_place"),
            models.Index(fields=["name"], name="registry_name"),
            # Read from end to end, in the order of the list: a search never opens the rows.
            models.Index(
                fields=["merged_into", "name_key", "folded", "reporting", "kind", "place"],
                name="registry_search",
            ),
            models.Index(fields=["number"], name="registry_number"),
        ]

    def __str__(self) -> str:
        return self.name


class Act(models.Model):
    """Something that happened to an organisation on a day, and what it changed.

    A field left null, or empty where it is a text, changed nothing. An act entered in error is void
    from then on and stays to be seen. `other` is the counterpart: what it merged into, split from,
    or was converted from. `key` is the one-time key of the form, so that a repeat is no second act.
    """

    class Kind(models.TextChoices):
        """What happened; `registry.life` says what each does to the statuses."""

        FOUNDING = "founding", _("thành lập")
        KNOWN = "known", _("ghi vào sổ (có từ trước)")
        CHANGE = "change", _("thay đổi nội dung đăng ký")
        SUSPENSION = "suspension", _("tạm ngừng")
        RESUMPTION = "resumption", _("hoạt động trở lại")
        STATUS = "status", _("ghi nhận tình trạng")
        DISSOLVING = "dissolving", _("bắt đầu giải thể")
        DISSOLUTION = "dissolution", _("giải thể, chấm dứt")
        REVOCATION = "revocation", _("thu hồi giấy chứng nhận")
        BANKRUPTCY = "bankruptcy", _("phá sản")
        MERGER = "merger", _("sáp nhập, hợp nhất")
        DIVISION = "division", _("chia")
        CONVERSION = "conversion", _("chuyển đổi")
        ADMISSION = "admission", _("kết nạp vào Liên minh")
        LEAVING = "leaving", _("ra khỏi Liên minh")

    ref = models.CharField(max_length=12, unique=True)
    key = models.CharField(max_length=200, unique=True)
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=12, choices=Kind)
    day = models.DateField()
    other = models.ForeignKey(
        Collective, models.PROTECT, null=True, related_name="other_acts", db_index=False
    )
    name = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    sector = models.CharField(max_length=12, choices=Sector, blank=True)
    women_managed = models.BooleanField(null=True)
    minority_area = models.BooleanField(null=True)
    legal = models.CharField(max_length=12, choices=Legal, blank=True)
    reporting = models.CharField(max_length=8, choices=Reporting, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField(auto_now_add=True)
    # Who is asked for with the act, never the acts with who; each index costs every import.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collective"],
                condition=Q(kind__in=["founding", "known"], voided_at=None),
                name="registry_begins_once",
            ),
        ]
        indexes: ClassVar = [  # few acts have either
            models.Index(
                fields=["other"], name="registry_act_other", condition=Q(other__isnull=False)
            ),
            models.Index(
                fields=["document"], name="registry_act_paper", condition=Q(document__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class Holding(models.Model):
    """Something an organisation has between two days, as certificates and links are."""

    first_day = models.DateField()
    last_day = models.DateField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="%(app_label)s_%(class)s_days",
            ),
        ]


class Certificate(Holding):
    """A product's certificate, valid between two days; `stars` are those of OCOP."""

    class Standard(models.TextChoices):
        VIETGAP = "vietgap", "VietGAP"
        GLOBALGAP = "globalgap", "GlobalGAP"
        ORGANIC = "organic", _("hữu cơ")
        OCOP = "ocop", "OCOP"
        OTHER = "other", _("chứng nhận khác")

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="certificates")
    standard = models.CharField(max_length=10, choices=Standard)
    product = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=80, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)

    class Meta(Holding.Meta):
        ordering: ClassVar = ["first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.standard} {self.product}"


class ChainLink(Holding):
    """A value chain that an organisation is part of, with whom and for which product."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="chain_links")
    partner = models.CharField(max_length=200)
    product = models.CharField(max_length=200, blank=True)

    class Meta(Holding.Meta):
        ordering: ClassVar = ["first_day", "pk"]

    def __str__(self) -> str:
        return self.partner


class UnionMember(Holding):
    """A cooperative's membership of a union of cooperatives."""

    union = models.ForeignKey(Collective, models.PROTECT, related_name="member_rows")
    member = models.ForeignKey(Collective, models.PROTECT, related_name="union_rows")

    class Meta(Holding.Meta):
        ordering: ClassVar = ["first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.member_id} ∈ {self.union_id}"


class Manager(Holding):
    """Who manages an organisation, as far as figures ask: no name stands here."""

    class Position(models.TextChoices):
        CHAIR = "chair", _("chủ tịch hội đồng quản trị, tổ trưởng")
        DIRECTOR = "director", _("giám đốc, tổng giám đốc")
        SUPERVISOR = "supervisor", _("trưởng ban kiểm soát, kiểm soát viên")

    class Training(models.TextChoices):
        NONE = "none", _("chưa qua đào tạo")
        ELEMENTARY = "elementary", _("sơ cấp")
        INTERMEDIATE = "intermediate", _("trung cấp, cao đẳng")
        UNIVERSITY = "university", _("đại học trở lên")

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="managers")
    position = models.CharField(max_length=10, choices=Position)
    sex = models.CharField(
        max_length=6, choices=[("female", _("nữ")), ("male", _("nam"))], blank=True
    )
    ethnic_minority = models.BooleanField(null=True)
    training = models.CharField(max_length=12, choices=Training, blank=True)

    class Meta(Holding.Meta):
        ordering: ClassVar = ["first_day", "pk"]

    def __str__(self) -> str:
        return self.position


class Books(models.Model):
    """The books of a family of kinds in a place: from `first_day` on its list is complete.

    Before they are open nothing is counted there. `listed` is how many organisations the approved
    list held on that day.
    """

    class Family(models.TextChoices):
        """What is counted together; people's credit funds are cooperatives by law."""

        COOPERATIVES = "cooperatives", _("hợp tác xã, quỹ tín dụng nhân dân")
        UNIONS = "unions", _("liên hiệp hợp tác xã")
        GROUPS = "groups", _("tổ hợp tác")

    family = models.CharField(max_length=12, choices=Family)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    first_day = models.DateField()
    listed = models.PositiveIntegerField()
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family", "place"], name="registry_books_once"),
        ]

    def __str__(self) -> str:
        return f"{self.family} @ {self.place_id}"
