"""The bar follows everywhere: lists take up its place and period, and it is never a dead end."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.people.acting import officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five_reviews")]

LISTS = ["/", "/reviews/", "/indicators/", "/places/", "/journal/", "/matrix/"]
TOTAL = "/indicators/cooperatives.total/"
SUMMARY = "/figures/cooperatives.total/p70-2008?period=2023-12-31"
CLUSTER = "Tổng kết công tác thi đua"
BINH_PHUOC = "Sơ kết 2 năm thực hiện 2 đề án"


def page(client: Client, path: str, **asked: str) -> str:
    answer: Any = client.get(path, asked, follow=True)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def note(html: str) -> str:
    found = re.search(r'<p class="bar-note".*?</p>', html, re.DOTALL)
    return found[0] if found else ""


def links(html: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', html)]


def test_home_shows_figures_and_dossiers_of_the_scope(client: Client) -> None:
    html = page(client, "/", place="lang son", period="2023")
    assert "Tỉnh Lạng Sơn, năm 2023" in html
    assert "478 hợp tác xã" in html
    assert "323 hợp tác xã" not in html
    assert BINH_PHUOC not in html
    assert "Gặp mặt, đối thoại" in html


def test_home_of_a_scope_without_figures_says_so_and_how_to_see_all(client: Client) -> None:
    html = page(client, "/", place="Cà Mau")
    assert "Chưa có số liệu nào của: Tỉnh Cà Mau." in html
    assert "Chưa có hồ sơ nào của: Tỉnh Cà Mau." in html
    assert "Xem mọi nơi, mọi kỳ" in html


def test_the_list_of_dossiers_follows_place_and_period(client: Client) -> None:
    there = page(client, "/reviews/", place="Bình Phước")
    assert BINH_PHUOC in there
    assert CLUSTER not in there
    then = page(Client(), "/reviews/", period="2024-02")
    assert BINH_PHUOC not in then
    assert "tháng 02/2024" in then
    assert "Chưa có hồ sơ nào của: Năm 2001." in page(Client(), "/reviews/", period="2001")


def test_a_grouping_holds_its_members_and_the_nation_all(client: Client) -> None:
    assert CLUSTER in page(client, "/reviews/", place="vn")


def test_pages_that_do_not_filter_say_so(client: Client) -> None:
    client.get("/", {"place": "Bình Phước"})
    sentence = "Trang này không lọc theo nơi, kỳ"
    for path in ("/places/", "/find/?q=2.177"):
        assert sentence in page(client, path)
    assert "Tỉnh Bình Phước" in page(client, "/places/")
    assert sentence not in page(Client(), "/places/")


@pytest.mark.parametrize("path", LISTS)
def test_the_address_says_what_is_chosen_wherever_one_goes(client: Client, path: str) -> None:
    client.get("/", {"place": "Bình Phước", "period": "năm 2023"})
    answer: Any = client.get(path, follow=True)
    assert answer.redirect_chain == [
        (f"{path}?place=B%C3%ACnh+Ph%C6%B0%E1%BB%9Bc&period=2023", 302)
    ]
    shared = Client().get(answer.redirect_chain[0][0]).content.decode()
    assert 'value="Bình Phước"' in shared


@pytest.mark.parametrize("path", [*LISTS, TOTAL])
def test_clearing_is_one_click_and_keeps_the_rest_of_the_page(client: Client, path: str) -> None:
    html = page(client, path, place="Bình Phước", q="x")
    (clear,) = re.findall(r'href="([^"]+)">Bỏ chọn<', html)
    cleared: Any = client.get(unescape(clear), follow=True)
    assert cleared.redirect_chain[-1][0] == f"{path}?q=x"
    assert "Bỏ chọn" not in cleared.content.decode()
    assert "bar" not in client.session


@pytest.mark.parametrize("path", [*LISTS, TOTAL])
def test_an_ambiguous_place_is_told_at_the_bar_with_links_that_mend_it(
    client: Client, path: str
) -> None:
    html = page(client, path, place="Tân Thành", period="2023")
    told = note(html)
    assert "Nhiều nơi tên là “Tân Thành”" in told
    offered = links(told)
    assert all("period=2023" in link for link in offered[:-1])
    assert "nơi nữa" in told
    assert offered[-1].startswith("/places/?q=")
    assert not note(page(client, offered[0]))


@pytest.mark.parametrize("path", [*LISTS, TOTAL])
def test_an_unknown_place_is_told_with_those_that_may_be_meant(client: Client, path: str) -> None:
    told = note(page(client, path, place="bình ph"))
    assert "Không có nơi nào tên là “bình ph”" in told
    assert "Tỉnh Bình Phước" in told or "tỉnh Bình Phước" in told
    assert not links(note(page(Client(), path, place="<b>zzz</b>")))


def test_a_figures_page_stays_where_it_is_until_the_place_is_clear(client: Client) -> None:
    html = page(client, f"{SUMMARY}&go=1&place=bình+ph")
    assert "323 hợp tác xã" in html
    meant = [link for link in links(note(html)) if "p70-2008" in link or "B%C3%ACnh" in link]
    moved: Any = client.get(meant[0])
    assert moved.status_code == 302
    assert not note(page(client, SUMMARY))


def test_a_later_page_of_a_list_stays_that_page(client: Client) -> None:
    client.get("/", {"period": "2023"})
    answer: Any = client.get("/journal/?page=2")
    assert answer["Location"] == "/journal/?page=2&period=2023"


def test_the_words_of_the_bar_are_escaped(client: Client) -> None:
    assert "<b>zzz" not in page(client, "/", place="<b>zzz</b>")


def test_what_waits_for_an_officer_is_not_filtered_and_says_so(client: Client) -> None:
    client.force_login(officer())
    assert "mọi nơi, mọi kỳ" in page(client, "/", place="Lạng Sơn")
