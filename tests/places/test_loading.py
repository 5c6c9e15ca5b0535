"""Loading is whole or refused, names the file and line at fault, and may be repeated."""

import shutil
from pathlib import Path

import pytest

from lienminh.places.actions import load_places
from lienminh.places.models import Alias, Member, Place, Spell, Succession, Within
from lienminh.places.source import DATA
from lienminh.rules.errors import Refused

pytestmark = pytest.mark.django_db
TABLES = (Place, Spell, Alias, Succession, Member, Within)
OLD, NEW = "until_2025-06-30.csv", "since_2025-07-01.csv"
PROVINCES = "province_successions_2025-07-01.csv"
COMMUNES = "commune_successions_2025-07-01.csv"


def keys() -> list[tuple[int, int | None]]:
    found = []
    for table in TABLES:
        rows = table._default_manager.order_by("pk").values_list("pk", flat=True)
        found.append((rows.count(), rows.last()))
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def break_line(path: Path, number: int, text: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number - 1] = text
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_loading_twice_changes_nothing() -> None:
    before = keys()
    load_places()
    assert keys() == before


def test_loading_mends_what_was_altered() -> None:
    before = [count for count, _ in keys()]
    Within.objects.filter(ancestor__ref="p70-2008").delete()
    Spell.objects.filter(place__ref="p70-2008").update(name="Bình Long")
    Place.objects.filter(ref="p70-2008").update(last_day=None)
    load_places()
    assert [count for count, _ in keys()] == before
    assert Place.objects.get(ref="p70-2008").last_day is not None
    assert Spell.objects.get(place__ref="p70-2008").name == "Bình Phước"


@pytest.mark.parametrize(
    ("file", "line", "text", "fault"),
    [
        (OLD, 1, "level,code,name", "columns must be"),
        (OLD, 2, "province,01,,Hà Nội", "5 columns"),
        (OLD, 2, "canton,01,,Hà Nội,city", "level 'canton'"),
        (OLD, 2, "province,0A,,Hà Nội,city", "row of digits"),
        (OLD, 2, "province,01,02,Hà Nội,city", "belongs to the nation"),
        (OLD, 2, "province,01,, ,city", "not a unit"),
        (OLD, 2, "province,01,,Hà Nội,ward", "not a unit"),
        (OLD, 2, "province,01,,Hà Nội,", "not a unit"),
        (OLD, 3, "province,01,,Hà Giang,province", "already listed"),
        (NEW, 3000, "commune,27000,99,Không đâu,ward", "parent, province '99'"),
        (PROVINCES, 2, "01,Hà Nội,99,Hà Nội", "in no list"),
        (PROVINCES, 2, "01,Hà Tây,01,Hà Nội", "is 'Hà Nội', not 'Hà Tây'"),
        (COMMUNES, 2, "99999,00097,whole", "in no list"),
        (COMMUNES, 2, "00001,00097,most", "extent 'most'"),
        (COMMUNES, 3, "00001,00097,whole", "already listed"),
    ],
)
def test_a_malformed_row_is_refused_with_file_and_line(
    copy: Path, file: str, line: int, text: str, fault: str
) -> None:
    break_line(copy / file, line, text)
    before = keys()
    with pytest.raises(Refused, match=fault) as refusal:
        load_places(folder=copy)
    assert f"{file} line {line}" in str(refusal.value)
    assert keys() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("places.yaml", "nation:", "nations:", "lacks nation"),
        ("places.yaml", "nation:", "nation: [", "cannot be read"),
        ("places.yaml", "refs: [p67-2008]", "refs: [p99-2008]", "unknown places: p99-2008"),
        ("places.yaml", "ref: p75-2025", "ref: p99-2025", "p99-2025 has no first spell"),
        ("places.yaml", "until: 2026-04-29", "until: 2020-01-01", "p75-2025 has no first spell"),
        (
            "places.yaml",
            "units: until_2025-06-30.csv",
            "units: none.csv",
            "none.csv cannot be read",
        ),
        ("groupings.yaml", "members: [Kon Tum,", "members: [Kon Tumm,", "names Kon Tumm"),
        ("groupings.yaml", "  complete: false", "  complete: true", "g-phia-nam must either"),
        ("groupings.yaml", "code: tay-nguyen", "code: bac-trung-bo", "listed twice"),
    ],
)
def test_a_broken_statement_is_refused_and_nothing_is_half_loaded(
    copy: Path, file: str, old: str, new: str, fault: str
) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    before = keys()
    with pytest.raises(Refused, match=fault):
        load_places(folder=copy)
    assert keys() == before
