from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienminh.conferences.models import Conference
from lienminh.demo.actions import load_cast
from lienminh.demo.cast_files import ReviewIn, packaged
from lienminh.demo.shape import read
from lienminh.documents.models import Document
from lienminh.figures.models import Posting
from lienminh.reviews.models import Review
from lienminh.rules.errors import Refused

NAME = "004-so-ket-2-de-an-hop-tac-xa-tinh-binh-phuoc.yaml"
WHOLE = packaged().joinpath(NAME).read_text("utf-8")

BROKEN = {
    "an unknown field": ("mode", "scope: tỉnh Bình Phước", "scope: tỉnh Bình Phước\nmode: online"),
    "a missing field": ("missing scope", "scope: tỉnh Bình Phước\n", ""),
    "a field twice": ("stands twice", "period: 2022..2023\nsource", "slug: x\nsource"),
    "a wrong type": ("items[0].value: “sáu mươi”", "value: 60", "value: sáu mươi"),
    "a list for a value": ("items[0].value", "value: 60", "value: [60]"),
    "a negative count": ("-60 is negative", "value: 60", "value: -60"),
    "no value": ("either one value", "      value: 60\n", ""),
    "half a range": ("either one value", "value: 60", "low: 60"),
    "an unknown role": ("participants[0].role", "role: co_chair", "role: chairman"),
    "an unknown indicator": ("items[0].indicator", "cooperatives.founded", "cooperatives.born"),
    "an unknown place": ("scope", "scope: tỉnh Bình Phước", "scope: tỉnh Bình Phúc"),
    "an unknown organisation": ("alliance-p07", "alliance-p70-2008", "alliance-p07-2008"),
    "an unknown document": ("source", "source: bai-bao", "source: bao"),
    "an unknown subject": ("points[0].subject", "subject: agri-capacity", "subject: agri"),
    "an unknown cell value": ("topic", "topic=ecommerce", "topic=e-commerce"),
    "an unknown bound": ("transfer_trainees", 'bound: "<"', 'bound: "<<"'),
    "an end before its start": (
        "period",
        "period: 2022..2023\nsource",
        "period: 2023..2022\nsource",
    ),
    "days in the wrong order": ("conference", "last_day: 2024-03-20", "last_day: 2024-03-19"),
    "a day that does not exist": ("last_day", "last_day: 2024-03-20", "last_day: 2024-02-30"),
    "a passage beyond the text": ("points", "at: [3851, 4007]", "at: [3851, 5007]"),
    "an amount beyond 64 bits": ("beyond 64 bits", "value: 60", "value: 9999999999999999999"),
    "a number that is nowhere": ("{bourn}", "{founded}", "{bourn}"),
    "a number never printed": ("online_markets", "{online_markets}", "5 hợp tác xã"),
    "a slug without a number": ("not a slug", "slug: 004-", "slug: "),
    "no YAML": ("is not YAML", "conference:", "conference: ]"),
}


def broken(folder: Path, old: str, new: str) -> Path:
    assert old in WHOLE
    (folder / NAME).write_text(WHOLE.replace(old, new, 1), "utf-8")
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_whole_naming_file_and_field(tmp_path: Path, what: str) -> None:
    said, old, new = BROKEN[what]
    with pytest.raises(Refused) as refusal:
        load_cast(folder=broken(tmp_path, old, new))
    assert NAME in str(refusal.value)
    assert said in str(refusal.value)
    for rows in (Review, Conference, Document, Posting):
        assert not rows.objects.exists()


@pytest.mark.django_db
def test_a_broken_file_undoes_the_whole_ones_before_it(tmp_path: Path) -> None:
    (tmp_path / "003.yaml").write_text(WHOLE, "utf-8")
    broken(tmp_path, "slug: 004-so-ket", "slug: 005-so-ket")
    with pytest.raises(Refused, match=NAME):
        load_cast(folder=broken(tmp_path, "value: 60", "value: x"))
    assert not Review.objects.exists()


@pytest.mark.django_db
def test_an_empty_folder_an_empty_file_and_other_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no reviews"):
        load_cast(folder=tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"")
    with pytest.raises(Refused, match=r"a\.yaml is empty"):
        load_cast(folder=tmp_path)
    (tmp_path / "a.yaml").write_bytes(b"slug: \xff")
    with pytest.raises(Refused, match=r"a\.yaml is not UTF-8"):
        load_cast(folder=tmp_path)


LINES = WHOLE.splitlines()


@given(st.integers(0, len(LINES) - 1), st.integers(0, 3), st.text(max_size=12))
def test_no_change_of_lines_ends_in_anything_but_a_review_or_a_refusal(
    place: int, taken: int, put: str
) -> None:
    text = "\n".join([*LINES[:place], put, *LINES[place + taken :]])
    with suppress(Refused):
        assert read(ReviewIn, text, NAME).slug
