"""The pages of reviews and the home page, as each visitor meets them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from lienminh.reviews.forms import LONGEST_TEXT
from lienminh.reviews.models import Issue, Review
from tests.reviews.correcting import correct
from tests.reviews.drafting import HERE, OLD, SLUG, SignIn, address, typed


def test_visitors_read_the_five_reviews(client: Client, reviews: dict[str, Review]) -> None:
    page = client.get("/reviews/").content.decode()
    assert all(review.title in page for review in reviews.values())
    for review in reviews.values():
        assert client.get(address(review)).status_code == 200


def test_numbers_of_a_dossier_open_their_figures(
    client: Client, reviews: dict[str, Review]
) -> None:
    page = client.get(OLD).content.decode()
    assert 'href="/figures/loans.lent/p70-2008?period=2022..2023&amp;where=' in page.replace(
        "'", '"'
    )
    assert "gần 29" in page
    assert "style=" not in page
    assert "<details>" in page


def test_pages_know_the_ledger_as_it_was(client: Client, reviews: dict[str, Review]) -> None:
    page = client.get(f"{OLD}?known_at=%230").content.decode()
    assert "chưa có số liệu" in page
    assert client.get(f"{OLD}?known_at=khi").status_code == 422


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("docx", "wordprocessingml", b"PK"),
        ("pdf", "pdf", b"%PDF"),
        ("xlsx", "spreadsheetml", b"PK"),
    ],
)
def test_a_dossier_is_downloaded_in_three_formats(
    client: Client, reviews: dict[str, Review], form: str, kind: str, begins: bytes
) -> None:
    given = client.get(f"{OLD}{SLUG}.{form}")
    assert given.status_code == 200
    assert kind in given["Content-Type"]
    assert given.content.startswith(begins)


def test_there_is_no_other_file(client: Client, reviews: dict[str, Review]) -> None:
    assert client.get(f"{OLD}{SLUG}.html").status_code == 404
    assert client.get(f"{OLD}000-x.pdf").status_code == 404
    assert client.get("/reviews/999-khong-co/").status_code == 404


@pytest.mark.parametrize("page", ["", f"{SLUG}.pdf"])
def test_reading_pages_are_not_posted_to(
    client: Client, reviews: dict[str, Review], page: str
) -> None:
    assert client.post(OLD + page).status_code == 405


@pytest.mark.parametrize("page", ["start/", "edit/", "seen/", "issue/"])
def test_who_is_not_signed_in_is_asked_to(
    client: Client, reviews: dict[str, Review], page: str
) -> None:
    given = client.post(OLD + page)
    assert given.status_code == 302
    assert given["Location"].startswith("/sign-in/")


def test_starting_shows_what_is_found_and_who_could_answer(
    reviews: dict[str, Review], sign_in: SignIn
) -> None:
    given = sign_in().get(f"{OLD}start/", HERE)
    page = given.content.decode()
    assert given.status_code == 200
    assert "323 hợp tác xã" in page
    assert "Liên minh HTX tỉnh Bình Phước" in page
    assert "2 trong 17" in page
    assert not Review.objects.filter(document=None).exists()


def test_a_national_dossier_names_the_provinces_that_have_not_reported(
    reviews: dict[str, Review], sign_in: SignIn
) -> None:
    asked = HERE | {"scope": "Việt Nam"}
    page = sign_in("department", "vn").get(f"{OLD}start/", asked).content.decode()
    assert "chưa báo cáo:" in page
    assert "nơi nữa" in page


def test_a_double_click_starts_one_draft(reviews: dict[str, Review], sign_in: SignIn) -> None:
    client = sign_in()
    first, second = (client.post(f"{OLD}start/", HERE | {"key": "k"}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Review.objects.filter(document=None).count() == 1


def test_a_draft_cannot_be_started_elsewhere_or_without_the_right(
    reviews: dict[str, Review], sign_in: SignIn
) -> None:
    elsewhere = HERE | {"scope": "Lạng Sơn", "key": "k"}
    assert sign_in().post(f"{OLD}start/", elsewhere).status_code == 404
    assert sign_in().get(f"{OLD}start/", elsewhere).status_code == 422
    assert sign_in("leader").get(f"{OLD}start/").status_code == 403
    assert sign_in("leader").post(f"{OLD}start/", HERE | {"key": "k"}).status_code == 403
    assert not Review.objects.filter(document=None).exists()


@pytest.mark.parametrize(
    "wrong", ["1.2.3", "1e9", "٣", "hai nghìn", "<b>2023</b>", "9999", "\u202e"]
)
@pytest.mark.parametrize("field", ["span", "day", "scope"])
def test_what_cannot_be_read_is_said_beside_its_field(
    reviews: dict[str, Review], sign_in: SignIn, field: str, wrong: str
) -> None:
    given = sign_in().post(f"{OLD}start/", HERE | {field: wrong, "key": "k"})
    assert given.status_code == 422
    assert b"wrong-why" in given.content
    assert b"<b>2023" not in given.content


def test_drafts_are_for_their_branch(draft: Review, sign_in: SignIn, client: Client) -> None:
    for page in ("", f"{draft.slug}.docx"):
        assert sign_in().get(address(draft, page)).status_code == 200
        assert sign_in("leader").get(address(draft, page)).status_code == 200
        assert sign_in("department", "vn").get(address(draft, page)).status_code == 200
        assert sign_in("officer", "p20-2008").get(address(draft, page)).status_code == 404
        assert client.get(address(draft, page)).status_code == 404
    assert draft.title not in client.get("/").content.decode()
    assert draft.title in sign_in().get("/").content.decode()


@pytest.mark.parametrize("page", ["edit/", "seen/", "issue/"])
def test_writing_needs_the_right_at_the_place(draft: Review, sign_in: SignIn, page: str) -> None:
    ask = address(draft, page)
    assert sign_in("officer", "p20-2008").post(ask).status_code == 404
    without = sign_in("officer") if page == "issue/" else sign_in("leader")
    assert without.post(ask).status_code == 403


def test_words_are_edited_and_a_new_point_added(draft: Review, sign_in: SignIn) -> None:
    words = typed(draft, **{"new-strength-0": "Có {total} <b>đang</b>\u202e vững."})
    assert sign_in().post(address(draft, "edit/"), words).status_code == 302
    page = sign_in().get(address(draft)).content.decode()
    assert "&lt;b&gt;đang&lt;/b&gt; vững." in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    "text", ["Có {nope}.", "Có {total.", "Có } và {", "x" * (LONGEST_TEXT + 1)]
)
def test_wrong_words_are_kept_and_explained(draft: Review, sign_in: SignIn, text: str) -> None:
    given = sign_in().post(address(draft, "edit/"), typed(draft, p1=text))
    assert given.status_code == 422
    assert text in given.content.decode()
    assert not draft.points.filter(text=text).exists()


def test_a_field_of_ten_megabytes_is_refused(draft: Review, sign_in: SignIn) -> None:
    given = sign_in().post(address(draft, "edit/"), typed(draft, p1="x" * 10_000_000))
    assert given.status_code in (400, 413, 422)


def test_two_who_edit_at_once_both_keep_their_words(draft: Review, sign_in: SignIn) -> None:
    sign_in().post(address(draft, "edit/"), typed(draft, p1="Người thứ nhất.", p2=""))
    mine = typed(draft, p1="Người thứ hai.", p2="Chữ của đoạn đã bỏ.")
    given = sign_in("department", "vn").post(address(draft, "edit/"), mine)
    page = given.content.decode()
    assert given.status_code == 409
    assert "Người thứ nhất." in page
    assert "Người thứ hai." in page
    assert "Chữ của đoạn đã bỏ." in page


def test_a_leader_issues_and_later_corrections_are_flagged(
    draft: Review, sign_in: SignIn, client: Client
) -> None:
    leader = sign_in("leader")
    page = leader.get(address(draft, "issue/"))
    shown = {"posting": page.context["newest"], "seen": page.context["seen"]}
    for _ in range(2):
        assert leader.post(address(draft, "issue/"), shown).status_code == 302
    assert Issue.objects.count() == 1
    assert client.get(address(draft)).status_code == 404
    assert sign_in("officer", "p20-2008").get(address(draft)).status_code == 200
    correct(340)
    page_now = sign_in().get(address(draft)).content.decode()
    assert "340 hợp tác xã" in page_now
    assert "323" in page_now
    assert "số đã đổi" in leader.get("/").content.decode()
    word = sign_in().get(address(draft, f"{draft.slug}.docx")).content
    text = ZipFile(BytesIO(word)).read("word/document.xml").decode()
    assert "340" not in text
    assert "DỰ THẢO" not in text


def test_what_changed_since_it_was_shown_is_not_issued(draft: Review, sign_in: SignIn) -> None:
    leader = sign_in("leader")
    page = leader.get(address(draft, "issue/"))
    correct(341)
    shown = {"posting": page.context["newest"], "seen": page.context["seen"]}
    given = leader.post(address(draft, "issue/"), shown)
    assert given.status_code == 409
    assert "341 hợp tác xã" in given.content.decode()
    assert not Issue.objects.exists()


def test_changes_are_shown_until_they_are_seen(draft: Review, sign_in: SignIn) -> None:
    posting = correct(342)
    assert "đã đổi từ lần xem trước" in sign_in().get(address(draft)).content.decode()
    for _ in range(2):
        sign_in().post(address(draft, "seen/"), {"posting": str(posting)})
    assert "đã đổi từ lần xem trước" not in sign_in().get(address(draft)).content.decode()


def test_home_shows_a_leader_what_waits_for_approval(
    reviews: dict[str, Review], sign_in: SignIn, client: Client
) -> None:
    assert "chờ duyệt" in sign_in("leader").get("/").content.decode()
    assert "chờ duyệt" not in sign_in("officer").get("/").content.decode()
    assert "Việc cần bạn" not in client.get("/").content.decode()


def test_home_and_lists_ask_the_database_little(
    client: Client,
    reviews: dict[str, Review],
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    client.get(OLD)
    with django_assert_max_num_queries(20):
        client.get("/")
    with django_assert_max_num_queries(10):
        client.get("/reviews/")
    with django_assert_max_num_queries(12):
        client.get(OLD)
