"""The pages of the registry through a browser: finding, reading, entering, recording."""

import re

import pytest
from django.test import Client

from lienminh.figures.models import Posting
from lienminh.registry.models import Collective, SavedFilter
from tests.figures.browsing import as_user, page
from tests.people.acting import LANG_SON, account, officer
from tests.registry.registering import (
    ELSEWHERE,
    KEPT,
    UNION,
    books,
    entered,
    happened,
    small_registry,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db: None) -> Client:
    return as_user(officer())


def found(client: Client, query: str = "") -> list[str]:
    """The names in the list."""
    said = page(client.get(f"/registry/?{query}"))
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', said)


# Finding.


def test_it_finds_by_part_of_a_name_without_diacritics_by_number_and_by_product(
    keeper: Client,
) -> None:
    entered(identity={"number": "3801234567", "products": "Hạt điều rang"})
    entered(name="HTX Vận tải Sóc Bom Bo")
    for query in ("q=dong tam", "q=tâm nghiệp", "q=0123456", "q=hat dieu"):
        assert found(keeper, query) == ["HTX Nông nghiệp Đồng Tâm"], query
    assert found(keeper, "q=soc bom") == ["HTX Vận tải Sóc Bom Bo"]
    assert len(found(keeper)) == 2


def test_each_condition_narrows_the_list(keeper: Client) -> None:
    small_registry()
    entered("2024-05-06", name="THT Một", kind="group", sector="services", women_managed=True)
    gone = entered(name="HTX Cũ")
    happened(gone, "dissolution", "2024-01-02")
    for query, names in (
        ("kind=group", ["THT Một"]),
        ("sector=services", ["THT Một"]),
        ("women=yes", ["THT Một"]),
        ("founded=2024", ["THT Một"]),
        ("founded=tháng+5/2024", ["THT Một"]),
        ("reporting=ended", ["HTX Cũ"]),
        ("legal=dissolved", ["HTX Cũ"]),
        ("q=htx+cu&ended=on", ["HTX Cũ"]),
        ("q=htx+cu", []),
        ("member=yes", ["HTX Nông nghiệp Đồng Tâm"]),
        ("standard=ocop", ["HTX Nông nghiệp Đồng Tâm"]),
        ("standard=vietgap", []),
        ("chain=yes", ["HTX Nông nghiệp Đồng Tâm"]),
        ("minority=yes", []),
        ("place=xã+Lộc+Tấn&q=xu+lang", []),
    ):
        assert found(keeper, f"place=&{query}") == names, query
    assert len(found(keeper, "place=&confirm=on")) == 4


def test_a_condition_that_cannot_be_read_is_said_and_left_out(keeper: Client) -> None:
    entered()
    said = page(keeper.get("/registry/?founded=bao+giờ"))
    assert "Không đọc được kỳ này" in said
    assert "1 tổ chức" in said


def test_typing_asks_only_for_what_was_found(keeper: Client) -> None:
    entered()
    part = page(keeper.get("/registry/?q=dong", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "Đồng Tâm" in part


def test_an_empty_list_says_what_to_do(keeper: Client) -> None:
    said = page(keeper.get("/registry/?q=khong+co"))
    assert "Không có tổ chức nào như vậy" in said
    assert 'href="/registry/add/"' in said


def test_the_list_is_in_pages_of_fifty_and_sorted_both_ways(keeper: Client) -> None:
    for number in range(51):
        entered(name=f"HTX Số {number:02}")
    assert len(found(keeper)) == 50
    assert found(keeper, "page=2") == ["HTX Số 50"]
    assert found(keeper, "sort=-name")[0] == "HTX Số 50"


def test_a_filter_is_kept_under_a_name_and_dropped(keeper: Client) -> None:
    keeper.post("/registry/filters/", {"name": "Của tôi", "query": "q=dong&kind=group&page=2"})
    assert SavedFilter.objects.get().query == "q=dong&kind=group"
    assert "Của tôi" in page(keeper.get("/registry/"))
    keeper.post("/registry/filters/", {"drop": "Của tôi", "query": ""})
    assert not SavedFilter.objects.exists()


def test_hostile_text_stays_text(keeper: Client) -> None:
    entered(name='<script>alert("x")</script>', address="<b>đậm</b>", identity={"notes": "<i>"})
    record = Collective.objects.get()
    pages = ("/registry/?q=<script>", f"/registry/{record.ref}/", "/find/?q=script")
    for address in pages:
        said = page(keeper.get(address))
        assert "<script>alert" not in said
        assert "<b>đậm" not in said
        assert "&lt;script&gt;" in said


def test_others_see_nothing_of_a_place(keeper: Client) -> None:
    small_registry()
    stranger, nobody = as_user(officer(LANG_SON)), as_user(account("nobody"))
    assert found(stranger) == ["HTX Xứ Lạng"]
    assert found(nobody) == []
    assert stranger.get(f"/registry/{KEPT}/").status_code == 404
    assert keeper.get(f"/registry/{ELSEWHERE}/").status_code == 404


def test_the_search_of_every_page_finds_organisations(keeper: Client) -> None:
    small_registry()
    assert f"/registry/{KEPT}/" in page(keeper.get("/find/?q=nong nghiep dong tam"))
    assert "/registry/" not in re.findall("<main.*", page(Client().get("/find/?q=dong tam")))


# Reading one.


def test_a_record_tells_its_life_with_what_was_voided_and_posted(keeper: Client) -> None:
    small_registry()
    said = page(keeper.get(f"/registry/{KEPT}/"))
    assert "Đã hủy ngày" in said
    assert "Ghi nhầm hồ sơ" in said
    assert "<s>01/02/2023</s>" in said
    assert "Quyết định kết nạp" in said
    assert "Tổng số hợp tác xã" in said
    for words in ("OCOP 4 sao", "Công ty chế biến", "Giám đốc", "Liên hiệp HTX Bình Phước"):
        assert words in said
    assert Posting.objects.exclude(key="").exists()
    assert re.search(r"/journal/\?posting=\d+", said)


def test_a_union_of_too_few_members_is_told_the_law(keeper: Client) -> None:
    small_registry()
    said = page(keeper.get(f"/registry/{UNION}/"))
    assert "Luật Hợp tác xã 17/2023/QH15" in said
    assert "HTX Nông nghiệp Đồng Tâm" in said


def test_a_figure_leads_to_its_records_and_says_how_many_are_hidden(keeper: Client) -> None:
    small_registry()
    figure = "/figures/cooperatives.total/p70-2008?period=2023-12-31"
    said = page(keeper.get(figure))
    assert f"/registry/{KEPT}/" in said
    hidden = page(as_user(officer(LANG_SON)).get(figure))
    assert KEPT not in hidden
    assert "2 hồ sơ không hiện" in hidden


def test_an_entry_names_its_record(keeper: Client) -> None:
    small_registry()
    said = page(keeper.get(f"/registry/{KEPT}/"))
    found_entry = re.search(r'href="(/entries/[^"]+)"', said)
    assert found_entry
    assert f"/registry/{KEPT}/" in page(keeper.get(found_entry[1]))
    other = page(as_user(officer(LANG_SON)).get(found_entry[1]))
    assert "ngoài phạm vi" in other


def test_the_page_of_a_place_tells_what_books_count_now(keeper: Client) -> None:
    books()
    entered("2023-06-15")
    said = page(keeper.get("/places/p70-2008/"))
    total = re.search(r"Tổng số hợp tác xã.*?(\d+) hợp tác xã.*?(\d\d/\d\d/\d{4})", said, re.DOTALL)
    assert total
    assert total.groups() == ("1", "30/06/2025")
