"""A workbook taken in on the screen."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lienminh.registry.models import Collective, Import
from lienminh.registry.workbooks.reading import opened
from lienminh.registry.workbooks.uploads import path_of
from tests.people.acting import department, leader, officer
from tests.registry.registering import entered
from tests.registry.sheets import HEADS, row, xlsx

pytestmark = pytest.mark.django_db
IMPORT = "/registry/import/"
DAY = "31/03/2025"


@pytest.fixture
def keeper(client: Client) -> Client:
    client.force_login(officer())
    return client


def sent(client: Client, content: bytes, name: str = "danh sách.xlsx") -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def settled(client: Client, where: str, **fields: Any) -> Any:
    columns = [
        "ordinal",
        "name",
        "number",
        "founded_on",
        "commune",
        "district",
        "province",
        "legal",
    ]
    typed = {"column": columns, "kind": "cooperative", "day": DAY, "province": "", "commune": ""}
    return client.post(where, typed | fields)


def test_from_the_file_to_the_records(keeper: Client) -> None:
    where = sent(keeper, xlsx(HEADS, row(1), row(2, founded="31/02/2015"))).url
    page = keeper.get(where).content.decode()
    assert '<option value="founded_on" selected>' in page
    assert "HTX số 1" in page
    assert settled(keeper, where).url == where
    found = keeper.get(where).content.decode()
    assert "D3" in found
    assert "Không có ngày “31/02/2015”" in found
    assert keeper.post(f"{where}take/", {"rows": "all"}).status_code == 422
    assert Collective.objects.count() == 0
    assert keeper.post(f"{where}take/", {"rows": "good"}).headers["Location"] == f"{where}?on=1"
    assert "Đã nhập 1 tổ chức" in keeper.get(where).content.decode()
    assert [one.name for one in Collective.objects.all()] == ["HTX số 1"]


def test_the_same_file_opens_the_same_import(keeper: Client) -> None:
    content = xlsx(HEADS, row(1))
    assert sent(keeper, content).url == sent(keeper, content, "khác.xlsx").url
    assert "danh sách.xlsx" in keeper.get(IMPORT).content.decode()


def test_what_is_no_workbook_is_said_at_the_file(keeper: Client) -> None:
    answered = sent(keeper, b"%PDF-1.7")
    assert answered.status_code == 422
    assert "không phải sổ tính" in answered.content.decode()
    assert keeper.post(IMPORT).status_code == 422
    assert Import.objects.count() == 0


def test_a_column_matched_twice_is_said_and_nothing_chosen_is_lost(keeper: Client) -> None:
    where = sent(keeper, xlsx(HEADS, row(1))).url
    columns = ["ordinal", "name", "name", "", "commune", "district", "province", ""]
    answered = settled(keeper, where, column=columns)
    assert answered.status_code == 422
    page = answered.content.decode()
    assert "hai cột" in page
    assert page.count('<option value="name" selected>') == 2


def test_a_seat_outside_the_keeper_s_place_is_wrong(keeper: Client) -> None:
    elsewhere = row(
        1, commune="phường Chi Lăng", district="thành phố Lạng Sơn", province="Lạng Sơn"
    )
    where = sent(keeper, xlsx(HEADS, elsewhere)).url
    settled(keeper, where)
    assert "ngoài địa bàn" in keeper.get(where).content.decode()


def test_another_keeper_s_import_is_not_there_and_others_may_not_import(keeper: Client) -> None:
    where = sent(keeper, xlsx(HEADS, row(1))).url
    other, national, reader = Client(), Client(), Client()
    other.force_login(officer("p20-2008"))
    national.force_login(department())
    reader.force_login(leader("p70-2008"))
    statuses = [one.get(where).status_code for one in (other, national, reader, Client())]
    assert statuses == [404, 200, 403, 302]
    assert [one.post(f"{where}take/").status_code for one in (other, reader)] == [404, 403]
    assert keeper.get(f"{where}take/").status_code == 405


def test_an_import_is_dropped(keeper: Client) -> None:
    where = sent(keeper, xlsx(HEADS, row(1))).url
    keeper.post(f"{where}drop/")
    assert keeper.get(where).status_code == 404


def test_uploads_are_for_the_owner_of_the_home_alone(keeper: Client) -> None:
    sent(keeper, xlsx(HEADS, row(1)))
    path = path_of(Import.objects.get().sha256)
    assert path.stat().st_mode & 0o077 == 0
    assert Path(settings.UPLOADS_DIR).stat().st_mode & 0o077 == 0


def test_the_registry_is_given_out_as_far_as_it_may_be_read(keeper: Client, tmp_path: Path) -> None:
    entered(name="HTX của tỉnh")
    entered(name="HTX nơi khác", place="c07192-2008")
    path = tmp_path / "a.xlsx"
    path.write_bytes(keeper.get("/registry/export/").content)
    with opened(path) as book:
        names = [cells[1] for _name, rows in book.sheets for _row, cells in rows]
    assert names == ["Tên", "HTX của tỉnh"]
    assert Client().get("/registry/export/").status_code == 302
