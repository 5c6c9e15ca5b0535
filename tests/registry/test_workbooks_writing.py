"""What is given out is read back as the same registry."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from lienminh.registry.models import Act, Collective, Import
from lienminh.registry.queries import standing_of
from lienminh.registry.workbooks.reading import opened
from lienminh.registry.workbooks.writing import write
from lienminh.rules.errors import Refused
from tests.registry.registering import books, entered, happened
from tests.registry.sheets import HEADS, row, taken, xlsx

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 31)


def filled() -> None:
    heads = (*HEADS, "Ngày giải thể", "Ngày kết nạp", "Ghi chú", "Lĩnh vực", "Do phụ nữ quản lý")
    rows = [
        [*row(1, code="A1"), "", "01/02/2016", "=1+1", "Nông nghiệp", "có"],
        [*row(2, founded="2015", status="Ngừng hoạt động"), "", "", "-1", "vận tải", "không"],
        [*row(3, founded="", status="Đã giải thể"), "01/02/2020", "01/02/2016"],
        [*row(4, "Tổ hợp tác số 4", status="Đã giải thể")],
        [*row(5, commune="", founded="03/2015", status="Chờ giải thể")],
        [*row(6, "@HTX", commune="xã Đồng Tâm", district="", province="Đồng Nai")],
    ]
    books(day="2015-01-01")
    taken(xlsx(heads, *rows[:5]))
    taken(xlsx(heads, rows[5]), day="2026-01-01")


def registry() -> list[Any]:
    names = ("name", "kind", "number", "address", "sector", "legal", "reporting", "founded_on")
    more = ("ended_on", "alliance_member", "women_managed", "notes", "place__ref")
    acts = Act.objects.values_list("collective__name", "kind", "day", "place__ref", "reason")
    refs = dict(Collective.objects.values_list("ref", "name"))
    nets = {refs[ref]: sorted(net.items()) for ref, net in standing_of(refs).items()}
    return [
        sorted(Collective.objects.values_list(*names, *more), key=str),
        sorted(acts, key=str),
        sorted(nets.items()),
    ]


def emptied() -> None:
    """The registry without its records; what they moved on the ledger stands under other refs."""
    Act.objects.all().delete()
    Collective.objects.all().delete()
    Import.objects.all().delete()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_given_out_and_taken_in_it_is_the_same_registry(ending: str, tmp_path: Path) -> None:
    filled()
    before = registry()
    path = tmp_path / f"registry.{ending}"
    assert write(Collective.objects.all(), path, day=date(2026, 1, 1)) == 6
    emptied()
    assert taken(path.read_bytes(), day="2026-01-01", kind="").taken == 6
    assert registry() == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_synthetic_home_says_so_above_the_heads_and_is_taken_in_all_the_same(
    ending: str, tmp_path: Path, settings: Settings
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "home.json").write_text('{"world": "synthetic"}')
    filled()
    path = tmp_path / f"registry.{ending}"
    write(Collective.objects.all(), path, day=date(2026, 1, 1))
    with opened(path) as book:
        _name, rows = next(book.sheets)
        _number, (first, *_others) = next(rows)
    assert first.startswith("Dữ liệu giả lập")
    emptied()
    assert taken(path.read_bytes(), day="2026-01-01", kind="").taken == 6


def test_it_is_given_out_as_it_was_on_a_day(tmp_path: Path) -> None:
    record = entered("2020-05-01")
    happened(record, "dissolution", "2023-01-01")
    path = tmp_path / "a.csv"
    assert write(Collective.objects.all(), path, day=date(2020, 1, 1)) == 0
    write(Collective.objects.all(), path, day=date(2022, 1, 1))
    assert "đang hoạt động" in path.read_text("utf-8-sig")
    write(Collective.objects.all(), path, day=date(2024, 1, 1))
    assert "01/01/2023" in path.read_text("utf-8-sig")


def test_a_text_is_no_formula_to_whoever_opens_it(tmp_path: Path) -> None:
    entered(name="=1+1")
    path = tmp_path / "a.csv"
    write(Collective.objects.all(), path, day=TODAY)
    assert ",'=1+1," in path.read_text("utf-8-sig")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="neither"):
        write(Collective.objects.all(), tmp_path / "a.pdf", day=TODAY)


def test_the_command_gives_out_one_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lienminh.work.home.require", lambda: None)
    entered()
    call_command("export", "registry", str(tmp_path / "a.xlsx"), place="Lạng Sơn", day="2024-01-01")
    call_command("export", "registry", str(tmp_path / "b.xlsx"), place="Bình Phước")
    assert [line[-10:] for line in capsys.readouterr().out.splitlines()] == [
        ": 0 tổ chức."[-10:],
        ": 1 tổ chức."[-10:],
    ]
