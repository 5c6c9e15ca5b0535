"""A draft that is given up leaves the lists and is kept; it can be taken up again."""

import pytest
from django.db import IntegrityError
from django.test import Client

from lienminh.people.models import User
from lienminh.reviews.actions import Edited, abandon_review, edit_review, issue_review
from lienminh.reviews.models import Review, State
from tests.reviews.drafting import OLD, SignIn, address, typed

WHY = "Hội nghị hoãn sang quý sau."


def give_up(client: Client, draft: Review, reason: str = WHY, seen: str = "") -> int:
    sent = {"reason": reason, "seen": seen or draft.edited_at.isoformat()}
    return client.post(address(draft, "abandon/"), sent).status_code


def page(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def state(draft: Review) -> State:
    return Review.objects.get(pk=draft.pk).state


def test_an_abandoned_draft_leaves_home_and_lists_and_is_found_by_its_address(
    draft: Review, sign_in: SignIn
) -> None:
    client = sign_in()
    assert give_up(client, draft) == 302
    for path in ("/", "/reviews/", "/find/?q=Hồ sơ 2023", "/figures/cooperatives.total/p70-2008"):
        assert address(draft) not in page(client, path), path
    told = page(client, address(draft))
    assert all(words in told for words in ("Dự thảo này đã bỏ ngày", "officer-p70-2008", WHY))
    assert "không kể là đã họp" in told
    assert f"{address(draft, 'edit/')}" not in told
    assert sign_in("officer", "p20-2008").get(address(draft)).status_code == 404


def test_it_is_taken_up_again_and_the_journal_tells_both(draft: Review, sign_in: SignIn) -> None:
    client = sign_in()
    give_up(client, draft)
    assert client.post(address(draft, "resume/")).status_code == 302
    told = page(client, address(draft))
    assert state(draft) == State.DRAFT
    assert "Dự thảo này đã bỏ" not in told
    assert all(words in told for words in ("bỏ dự thảo", WHY, "viết tiếp"))
    assert draft.title in page(client, "/")


def test_giving_up_or_taking_up_twice_is_once(draft: Review, sign_in: SignIn) -> None:
    client = sign_in()
    for _ in range(2):
        give_up(client, draft)
    for _ in range(2):
        client.post(address(draft, "resume/"))
    assert list(draft.steps.values_list("what", flat=True)) == ["abandoned", "resumed"]


def test_a_reason_is_asked_for(draft: Review, sign_in: SignIn) -> None:
    assert give_up(sign_in(), draft, reason=" \u202e ") == 422
    assert state(draft) == State.DRAFT


@pytest.mark.parametrize("what", ["abandon/", "resume/"])
def test_it_needs_the_right_to_edit(draft: Review, sign_in: SignIn, what: str) -> None:
    assert sign_in("leader").post(address(draft, what), {"reason": WHY}).status_code == 403
    other = sign_in("officer", "p20-2008")
    assert other.post(address(draft, what), {"reason": WHY}).status_code == 404
    assert Client().post(address(draft, what))["Location"].startswith("/sign-in/")
    assert sign_in().get(address(draft, "resume/")).status_code == 405


def test_what_somebody_just_saved_is_not_given_up_unseen(draft: Review, sign_in: SignIn) -> None:
    client = sign_in()
    client.post(address(draft, "edit/"), typed(draft, p1="Vừa sửa xong."))
    assert give_up(client, draft) == 409
    assert state(draft) == State.DRAFT


def test_who_was_writing_meanwhile_keeps_the_words(draft: Review, sign_in: SignIn) -> None:
    give_up(sign_in(), draft)
    words = typed(draft, p1="Chữ đang gõ dở.")
    given = sign_in("department", "vn").post(address(draft, "edit/"), words)
    assert given.status_code == 409
    assert "Chữ đang gõ dở." in given.content.decode()
    assert "Dự thảo này đã bỏ" in given.content.decode()


def test_it_is_neither_edited_nor_issued_nor_started_from(draft: Review, sign_in: SignIn) -> None:
    give_up(sign_in(), draft)
    user = User.objects.get(username="officer-p70-2008")
    with pytest.raises(Edited):
        issue_review(draft, posting=10**6, seen=draft.edited_at, by=user)
    with pytest.raises(Edited):
        edit_review(draft, title="x", day=draft.last, points=[], seen=draft.edited_at, by=user)
    leader = sign_in("leader")
    assert leader.get(address(draft, "issue/")).status_code == 302
    assert sign_in().get(address(draft, "start/")).status_code == 404
    assert state(draft) == State.ABANDONED


def test_what_is_issued_or_retold_is_never_given_up(draft: Review, sign_in: SignIn) -> None:
    leader, client = sign_in("leader"), sign_in()
    shown = leader.get(address(draft, "issue/")).context
    leader.post(address(draft, "issue/"), {"posting": shown["newest"], "seen": shown["seen"]})
    assert give_up(client, draft) == 302
    assert state(draft) == State.ISSUED
    assert client.post(f"{OLD}abandon/", {"reason": WHY}).status_code == 404
    with pytest.raises(Edited):
        abandon_review(
            draft,
            reason=WHY,
            seen=draft.edited_at,
            by=User.objects.get(username="leader-p70-2008"),
        )
    assert not draft.steps.exists()


def test_the_database_holds_that_a_retold_review_stays(reviews: dict[str, Review]) -> None:
    with pytest.raises(IntegrityError):
        Review.objects.filter(pk=reviews["004"].pk).update(abandoned=True)


def test_its_paper_says_that_it_was_given_up(draft: Review, sign_in: SignIn) -> None:
    give_up(sign_in(), draft)
    assert "DỰ THẢO ĐÃ BỎ" in page(sign_in(), address(draft))
