"""Which field of the registry each column holds, guessed from its head by the words of the field.

The words are data (`rules/parameters/registry_columns.yaml`). A person corrects the guess, and what
they chose is remembered for the next workbook under the same heads.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lienminh.registry.models import Mapping
from lienminh.rules.parameters import table
from lienminh.rules.text import fold

FIELDS: Final[dict[str, Promise]] = {
    "ordinal": _("Số thứ tự"),
    "name": _("Tên"),
    "short_name": _("Tên viết tắt"),
    "kind": _("Loại hình"),
    "number": _("Mã số"),
    "tax_code": _("Mã số thuế"),
    "certificate": _("Số giấy chứng nhận"),
    "certificate_on": _("Ngày cấp"),
    "certificate_by": _("Nơi cấp"),
    "founded_on": _("Ngày thành lập"),
    "known_on": _("Có trong sổ từ ngày"),
    "address": _("Địa chỉ"),
    "commune": _("Xã, phường"),
    "district": _("Huyện"),
    "province": _("Tỉnh, thành phố"),
    "sector": _("Lĩnh vực"),
    "products": _("Ngành nghề"),
    "legal": _("Tình trạng pháp lý"),
    "reporting": _("Tình trạng theo Liên minh"),
    "status_on": _("Ngày của tình trạng"),
    "noted_on": _("Ngày ghi nhận tình trạng"),
    "admitted_on": _("Ngày kết nạp"),
    "phone": _("Điện thoại"),
    "email": _("Thư điện tử"),
    "women_managed": _("Do phụ nữ quản lý"),
    "minority_area": _("Vùng dân tộc thiểu số"),
    "notes": _("Ghi chú"),
    "members": _("Số thành viên"),
    "workers": _("Số lao động"),
    "income": _("Thu nhập bình quân một lao động một tháng"),
    "capital": _("Vốn điều lệ"),
    "assets": _("Tổng tài sản"),
    "revenue": _("Doanh thu"),
    "profit": _("Lợi nhuận"),
}
_ASIDE: Final = re.compile(r"\([^)]*\)|\*")
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")


def guess(heads: Sequence[str]) -> list[str]:
    """The field of each column, '' for none; each field once, where its words fit best."""
    fits = [(fit, -place) for place, head in enumerate(heads) if (fit := fit_of(head))[0]]
    found = [""] * len(heads)
    for (_length, field), place in sorted(fits, reverse=True):
        if field not in found:
            found[-place] = field
    return found


@lru_cache(maxsize=4_096)
def fit_of(head: str) -> tuple[int, str]:
    """How long the best phrase is that names a field in a head, and the field; (0, '') for none.

    Of a head in several rows the lowest says what it is, the upper ones what it is about.
    """
    *upper, last = head.split(HEADS_BETWEEN)
    best = _longest(words_of(last))
    return best if best[0] else _longest(words_of(" ".join([*upper, last])))


HEADS_BETWEEN: Final = " – "


def words_of(text: str) -> str:
    """A head as it is compared: folded words, without what stands in brackets."""
    return _NOT_LETTERS.sub(" ", fold(_ASIDE.sub(" ", text))).strip()


def _longest(words: str) -> tuple[int, str]:
    found = (0, "")
    for phrase, field in _phrases().items():
        whole = phrase == words
        inside = " " in phrase and f" {phrase} " in f" {words} "
        if whole or inside:
            found = max(found, (len(phrase) + whole, field))
    return found


@cache
def _phrases() -> dict[str, str]:
    told = table("registry_columns")
    return {words_of(phrase): field for field, phrases in told.items() for phrase in phrases}


def heads_key(heads: Sequence[str]) -> str:
    """What the same heads share, however they are spaced and capitalised."""
    return hashlib.sha256("|".join(map(words_of, heads)).encode()).hexdigest()


def remembered(heads: Sequence[str]) -> list[str]:
    """The mapping chosen last for these heads, else the guess."""
    kept = Mapping.objects.filter(heads=heads_key(heads)).first()
    return list(kept.columns) if kept else guess(heads)
