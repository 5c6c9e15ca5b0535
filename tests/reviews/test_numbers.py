"""Numbers are added to a draft and taken out of it while its words are being written."""

from typing import Any

import pytest
from django.test import Client

from lienminh.people.models import User
from lienminh.reviews.actions import abandon_review, add_number
from lienminh.reviews.models import Number, Review
from tests.reviews.drafting import SignIn, address, typed

ASKED = {
    "n-indicator": "cooperatives.total",
    "n-place": "Lạng Sơn",
    "n-span": "9 tháng đầu năm 2023",
    "n-series": "actual",
}
KEY = "tong_so_htx"


def step(client: Client, draft: Review, what: str, **more: Any) -> Any:
    sent = typed(draft, **ASKED, step=what) | more
    headers = {"HX-Request": "true"} if more.pop("htmx", "") else {}
    return client.post(address(draft, "edit/"), sent, headers=headers)


def add(client: Client, draft: Review, **more: Any) -> Any:
    """See the answer, then add what was seen."""
    shown = step(client, draft, "ask", **more).context["asking"].shown
    return step(client, draft, "add", shown=shown, **more)


def page(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_answer_is_seen_before_the_number_is_added(draft: Review, sign_in: SignIn) -> None:
    given = step(sign_in(), draft, "ask")
    assert given.status_code == 200
    assert "478 hợp tác xã" in page(given)
    assert f"{{{KEY}}}" in page(given)
    assert not draft.numbers.filter(key=KEY).exists()
    unseen = step(sign_in(), draft, "add")
    assert "478 hợp tác xã" in page(unseen)
    assert not draft.numbers.filter(key=KEY).exists()


def test_an_added_number_prints_where_its_key_is_written(draft: Review, sign_in: SignIn) -> None:
    client = sign_in()
    assert f"Đã có mã {{{KEY}}}" in page(add(client, draft))
    words = typed(draft, p1=f"Lạng Sơn có {{{KEY}}}.")
    assert client.post(address(draft, "edit/"), words).status_code == 302
    assert "478" in page(client.get(address(draft)))
    number = draft.numbers.get(key=KEY)
    assert (number.place.ref, str(number.first), str(number.last)) == (
        "p20-2008",
        "2023-01-01",
        "2023-09-30",
    )


def test_words_typed_meanwhile_stay_and_are_not_saved(draft: Review, sign_in: SignIn) -> None:
    given = add(sign_in(), draft, p1="Đang gõ dở.", **{"new-strength-0": "Đoạn mới."})
    assert "Đang gõ dở." in page(given)
    assert "Đoạn mới." in page(given)
    assert not draft.points.filter(text="Đang gõ dở.").exists()


def test_with_htmx_only_the_numbers_come_back(draft: Review, sign_in: SignIn) -> None:
    given = step(sign_in(), draft, "ask", htmx="yes")
    assert page(given).startswith('<section id="numbers">')
    assert "<textarea" not in page(given)


def test_a_breakdown_is_chosen_once_the_indicator_is(draft: Review, sign_in: SignIn) -> None:
    client = sign_in()
    loans = {"n-indicator": "loans.lent", "n-place": "Bình Phước", "n-span": "2022–2023"}
    assert 'name="n-cell_channel"' in page(step(client, draft, "ask", **loans))
    parts = {"n-cell_channel": ["provincial-fund"], "n-cell_scheme": ["agri-capacity"]}
    given = step(client, draft, "ask", **loans, **parts)
    assert "gần 29 tỷ đồng" in page(given)
    add(client, draft, **loans, **parts)
    number = draft.numbers.order_by("-order")[0]
    assert number.cell == "channel=provincial-fund;scheme=agri-capacity"


def test_a_number_without_an_answer_may_be_added_and_says_why(
    draft: Review, sign_in: SignIn
) -> None:
    given = step(sign_in(), draft, "ask", **{"n-span": "năm 2030"})
    assert "chưa có số liệu" in page(given)
    assert "Thêm vào hồ sơ" in page(given)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("n-indicator", ""),
        ("n-indicator", "zzz"),
        ("n-place", "Nơi nào"),
        ("n-place", ""),
        ("n-span", "khi nào"),
        ("n-series", "zzz"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    draft: Review, sign_in: SignIn, field: str, wrong: str
) -> None:
    given = step(sign_in(), draft, "add", **{field: wrong})
    assert given.status_code == 422
    assert "wrong-why" in page(given)


def test_adding_the_same_twice_adds_one(draft: Review, sign_in: SignIn) -> None:
    before = draft.numbers.count()
    for _ in range(2):
        add(sign_in(), draft)
    assert draft.numbers.count() == before + 1


def test_another_question_about_the_same_thing_gets_a_key_of_its_own(
    draft: Review, sign_in: SignIn
) -> None:
    add(sign_in(), draft)
    assert "{tong_so_htx_2}" in page(add(sign_in(), draft, **{"n-span": "năm 2024"}))


def test_a_number_that_nothing_prints_is_removed(draft: Review, sign_in: SignIn) -> None:
    client = sign_in()
    add(client, draft)
    for _ in range(2):
        assert step(client, draft, f"remove:{KEY}").status_code == 200
    assert not draft.numbers.filter(key=KEY).exists()


def test_a_number_that_a_text_prints_is_not_removed(draft: Review, sign_in: SignIn) -> None:
    client = sign_in()
    add(client, draft)
    given = step(client, draft, f"remove:{KEY}", p1=f"Đang gõ {{{KEY}}}.")
    assert "Lời văn đang gõ còn in {tong_so_htx}" in page(given)
    saved = step(client, draft, "remove:total", **{f"p{n}": "" for n in range(1, 60)})
    assert (given.status_code, saved.status_code) == (422, 422)
    assert "còn in {total}; hãy bỏ mã ấy khỏi lời văn" in page(saved)
    assert draft.numbers.filter(key__in=[KEY, "total"]).count() == 2


def test_a_second_writer_loses_nothing_by_a_number_added_or_removed(
    draft: Review, sign_in: SignIn
) -> None:
    mine = typed(draft, p1="Chữ của tôi.")
    other = sign_in("department", "vn")
    add(other, draft)
    step(other, draft, f"remove:{KEY}")
    add(other, draft)
    assert sign_in().post(address(draft, "edit/"), mine).status_code == 302
    assert draft.points.filter(text="Chữ của tôi.").exists()
    assert draft.numbers.filter(key=KEY).exists()


def test_words_that_print_a_number_removed_meanwhile_are_kept_and_explained(
    draft: Review, sign_in: SignIn
) -> None:
    add(sign_in(), draft)
    mine = typed(draft, p1=f"Có {{{KEY}}}.")
    step(sign_in("department", "vn"), draft, f"remove:{KEY}")
    given = sign_in().post(address(draft, "edit/"), mine)
    assert given.status_code == 422
    assert f"Có {{{KEY}}}." in page(given)


def test_only_a_draft_gets_numbers_and_only_from_who_may_edit(
    draft: Review, sign_in: SignIn
) -> None:
    assert step(sign_in("leader"), draft, "ask").status_code == 403
    assert step(sign_in("officer", "p20-2008"), draft, "ask").status_code == 404
    user = User.objects.get(username="officer-p70-2008")
    shown = step(sign_in(), draft, "ask").context["asking"].shown
    abandon_review(draft, reason="Hoãn.", seen=draft.edited_at, by=user)
    given = step(sign_in(), draft, "add", shown=shown, p1="Đang gõ dở.")
    assert "Dự thảo này đã bỏ" in page(given)
    assert "Đang gõ dở." in page(given)
    assert not Number.objects.filter(review=draft, key=KEY).exists()


def test_keys_stay_apart_from_each_other(draft: Review, sign_in: SignIn) -> None:
    """A key that begins like another one is not the other."""
    user = User.objects.get(username="officer-p70-2008")
    number = draft.numbers.get(key="total")
    again = Number(
        indicator=number.indicator,
        place=number.place,
        first=number.first.replace(year=2020),
        last=number.last.replace(year=2020),
        series="actual",
    )
    assert add_number(draft, again, by=user).key == KEY
    client = sign_in()
    add(client, draft)
    client.post(address(draft, "edit/"), typed(draft, p1="Có {tong_so_htx_2}."))
    draft.refresh_from_db()
    assert step(client, draft, f"remove:{KEY}").status_code == 200


def test_a_figure_is_used_by_a_draft_once_its_words_print_it(
    draft: Review, sign_in: SignIn
) -> None:
    client = sign_in()
    figure = "/figures/cooperatives.total/p20-2008?period=2023-01-01..2023-09-30"
    add(client, draft)
    assert address(draft) not in page(client.get(figure))
    client.post(address(draft, "edit/"), typed(draft, p1=f"Có {{{KEY}:hợp tác xã}}."))
    assert address(draft) in page(client.get(figure))
