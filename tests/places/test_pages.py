"""The pages of places, and finding places by name."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lienminh.figures import panels
from lienminh.figures.actions import name_source, post
from lienminh.figures.drafts import Draft
from lienminh.places import searching
from lienminh.places.models import Place
from lienminh.rules.periods import Period
from lienminh.rules.precision import Amount

pytestmark = pytest.mark.django_db
BINH_PHUOC, DONG_NAI, CLUSTER = "p70-2008", "p75-2025", "g-trung-du-bac-bo"
SCRIPT = "<script>alert(1)</script>"


def page(client: Client, path: str, **query: str) -> str:
    answered = client.get(path, query)
    assert answered.status_code == 200
    return " ".join(answered.content.decode().split())


def say(ref: str, number: int) -> None:
    panels.register()
    year = Period.parse("2023")
    stated = Draft(
        indicator="cooperatives.founded",
        place=Place.objects.get(ref=ref),
        kind="statement",
        first=year.first,
        last=year.last,
        amount=Amount(number, number),
        source=name_source(code="reported", kind="reported", title="Báo cáo"),
    )
    post(entries=[stated], key=f"say {ref}", reason="a test", by=None)


def test_the_provinces_of_both_epochs_and_the_groupings_are_listed(client: Client) -> None:
    told = page(client, "/places/")
    assert "34 tỉnh, thành phố từ ngày 01/07/2025" in told
    assert "63 tỉnh, thành phố từ ngày 01/08/2008" in told
    assert f"/places/{BINH_PHUOC}/" in told
    assert f"/places/{CLUSTER}/" in told


def test_the_list_of_places_takes_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        page(client, "/places/")


def test_an_ended_province_says_what_it_became_and_where_it_lies_now(client: Client) -> None:
    told = page(client, f"/places/{BINH_PHUOC}/")
    assert "đến hết ngày 30/06/2025" in told
    assert f"/places/{DONG_NAI}/" in told
    assert "toàn bộ" in told
    assert "11 đơn vị trực thuộc" in told


def test_a_new_province_says_what_it_was_made_from_and_each_name_it_had(client: Client) -> None:
    told = page(client, f"/places/{DONG_NAI}/")
    assert f"/places/{BINH_PHUOC}/" in told
    assert "29/04/2026" in told
    assert "30/04/2026" in told


def test_a_grouping_lists_its_members_with_their_days(client: Client) -> None:
    told = page(client, f"/places/{CLUSTER}/")
    assert "6 tỉnh, thành phố từ 01/01/2023 đến hết 31/12/2023" in told


def test_a_grouping_whose_members_nobody_stated_says_so(client: Client) -> None:
    stated = Place.objects.filter(level="grouping", member_rows__isnull=True).first()
    assert stated is not None
    assert "Nguồn không nêu danh sách" in page(client, f"/places/{stated.ref}/")


def test_a_place_shows_its_figures_as_links(client: Client) -> None:
    say(BINH_PHUOC, 60)
    told = page(client, f"/places/{BINH_PHUOC}/")
    assert f'href="/figures/cooperatives.founded/{BINH_PHUOC}?period=2023"' in told
    assert "60 hợp tác xã" in told


def test_a_new_place_shows_what_its_predecessors_report_with_its_coverage(client: Client) -> None:
    say(BINH_PHUOC, 60)
    told = page(client, f"/places/{DONG_NAI}/", geography="2025-07-01")
    assert "mới có 1/2 nơi" in told


def test_a_place_without_figures_says_where_to_look(client: Client) -> None:
    panels.register()
    assert "Chưa có số liệu nào" in page(client, "/places/p01-2008/")


@pytest.mark.parametrize("level", ["nation", "province", "district", "commune"])
def test_every_level_has_a_page(client: Client, level: str) -> None:
    place = Place.objects.filter(level=level).order_by("ref").first()
    assert place is not None
    page(client, f"/places/{place.ref}/")


@pytest.mark.parametrize("ref", ["nope", "p70", "%00", "%3Cscript%3E"])
def test_no_such_place_is_not_found(client: Client, ref: str) -> None:
    assert client.get(f"/places/{ref}/").status_code == 404


def test_pages_of_places_are_only_read(client: Client) -> None:
    assert client.post("/places/").status_code == 405
    assert client.post(f"/places/{BINH_PHUOC}/").status_code == 405


@pytest.mark.parametrize("text", ["binh phuoc", "Bình Phước", "tỉnh Bình Phước", "BÌNH  PHƯỚC"])
def test_a_place_is_found_without_marks_and_with_its_level_word(client: Client, text: str) -> None:
    searching.register()
    told = page(client, "/find/", q=text)
    assert f"/places/{BINH_PHUOC}/" in told
    assert "đến hết ngày 30/06/2025" in told


def test_the_same_name_comes_before_those_that_hold_it(client: Client) -> None:
    places, _ = searching.named("binh", most=20)
    assert all(place.spells.all()[0].folded.startswith("binh") for place in places)


def test_more_than_twenty_are_counted_and_listed_on_a_page_of_their_own(client: Client) -> None:
    searching.register()
    assert "nơi nữa" in page(client, "/find/", q="tan")
    assert "còn" in page(client, "/places/", q="tan")


@pytest.mark.parametrize(
    "text", ["a", SCRIPT, "\u202ebinh", "x" * 100_000, "%", "_", "'; DROP TABLE", "b\u0300ình"]
)
def test_odd_texts_find_nothing_or_little_and_break_nothing(client: Client, text: str) -> None:
    assert SCRIPT not in page(client, "/places/", q=text)
