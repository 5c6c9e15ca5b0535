"""An organisation's own people propose; the alliance agrees or declines."""

from datetime import date

import pytest

from lienminh.registry.own_people import actions
from lienminh.registry.queries import visible_to
from lienminh.rules.errors import Refused
from tests.figures.telling import ask
from tests.people.acting import account
from tests.registry.registering import BINH_PHUOC, OTHER_COMMUNE, books, entered, key, the

pytestmark = pytest.mark.django_db


def test_who_speaks_for_an_organisation_sees_its_record_and_no_other() -> None:
    own, _other = entered(), entered(name="HTX khác")
    speaker = account("speaker")
    actions.appoint(record=own, account=speaker, first_day=date(2024, 1, 1), by=None)
    assert list(visible_to(speaker)) == [own]


def test_who_spoke_once_sees_nothing_any_more() -> None:
    own, speaker = entered(), account("speaker")
    said = actions.appoint(record=own, account=speaker, first_day=date(2024, 1, 1), by=None)
    actions.dismiss(said, last_day=date(2024, 12, 31), by=None)
    assert list(visible_to(speaker)) == []


def test_a_proposal_changes_nothing_until_the_alliance_agrees() -> None:
    books()
    own, speaker = entered("2023-02-01"), account("speaker")
    asked = actions.propose(
        own,
        changes={"name": "HTX Đồng Tâm Xanh", "place": the(OTHER_COMMUNE), "phone": "0271 388"},
        day=date(2023, 6, 1),
        reason="Đại hội đổi tên và dời trụ sở",
        by=speaker,
    )
    own.refresh_from_db()
    assert own.name == "HTX Nông nghiệp Đồng Tâm"
    actions.agree(asked, version=own.version, key=key(), by=None)
    own.refresh_from_db()
    assert (own.name, own.place, own.phone) == (
        "HTX Đồng Tâm Xanh",
        the(OTHER_COMMUNE),
        "0271 388",
    )
    at = "cooperatives.total"
    assert ask(OTHER_COMMUNE, "2023-05-31", indicator=at).value == 0
    assert ask(OTHER_COMMUNE, "2023", indicator=at).value == 1
    assert ask(BINH_PHUOC, "2023", indicator=at).value == 1


def test_a_proposal_is_declined_with_a_reason_and_only_once() -> None:
    own, speaker = entered(), account("speaker")
    asked = actions.propose(
        own, changes={"phone": "1"}, day=date(2024, 1, 1), reason="", by=speaker
    )
    with pytest.raises(Refused, match="lý do"):
        actions.decline(asked, answer=" ", by=None)
    actions.decline(asked, answer="Số điện thoại thiếu chữ số", by=None)
    with pytest.raises(Refused, match="đã được xem xét"):
        actions.agree(asked, version=own.version, key=key(), by=None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "chưa thay đổi gì"),
        ({"alliance_member": True}, "do Liên minh ghi"),
        ({"sector": "x"}, "lĩnh vực"),
        ({"tax_code": "1234567890"}, "Mã số thuế"),
    ],
)
def test_what_may_not_be_proposed_is_refused(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.propose(
            entered(), changes=changes, day=date(2024, 1, 1), reason="", by=account("speaker")
        )
