"""Short words for small registries: enter, happen, open the books."""

import sys
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any
from unittest.mock import patch

from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.registry import actions
from lienminh.registry.models import (
    Act,
    Books,
    Certificate,
    ChainLink,
    Collective,
    Manager,
    Proposal,
    Return,
    UnionMember,
)
from lienminh.registry.own_people.actions import appoint, propose
from lienminh.registry.returns import actions as returns
from lienminh.rules.data_year import year_of_data
from tests.people.acting import account

BINH_PHUOC, COMMUNE, OTHER_COMMUNE = "p70-2008", "c25195-2008", "c25198-2008"
_keys = count(1)


def key() -> str:
    return f"test:{next(_keys)}"


def the(ref: str) -> Place:
    return Place.objects.get(ref=ref)


def act(kind: str, day: str, **fields: Any) -> Act:
    if isinstance(fields.get("place"), str):
        fields["place"] = the(fields["place"])
    return Act(kind=kind, day=date.fromisoformat(day), **fields)


def entered(
    day: str = "2020-05-01",
    *,
    name: str = "HTX Nông nghiệp Đồng Tâm",
    kind: str = "cooperative",
    place: str = COMMUNE,
    beginning: str = "founding",
    identity: dict[str, Any] | None = None,
    **fields: Any,
) -> Collective:
    fields = {"sector": "agriculture", "women_managed": False, "minority_area": False} | fields
    begun = act(beginning, day, name=name, place=place, **fields)
    return actions.enter(kind=kind, beginning=begun, identity=identity or {}, key=key(), by=None)


def happened(record: Collective, kind: str, day: str, **fields: Any) -> Act:
    record.refresh_from_db()
    return actions.record_act(
        record, act(kind, day, **fields), version=record.version, key=key(), by=None
    )


def books(
    place: str = BINH_PHUOC,
    day: str = "2023-01-01",
    *,
    listed: int = 0,
    family: str = "cooperatives",
) -> Books:
    return actions.open_books(
        family=family,
        place=the(place),
        first_day=date.fromisoformat(day),
        listed=listed,
        key=key(),
        by=None,
    )


NAMES = ("dongtam001", "dongtam002", "lienhiep01", "tinhkhac01")
KEPT, TWIN, UNION, ELSEWHERE = NAMES
RETURN, PROPOSAL = "return0001", "proposal01"
# Forms about own people that are refused, and what was typed.
ASKING: list[tuple[str, dict[str, str]]] = [
    (f"/registry/{KEPT}/people/add/", {"username": "zzz", "first_day": "x"}),
    (f"/registry/{KEPT}/people/1/", {"last_day": "01/01/2001"}),
    (f"/registry/{KEPT}/proposals/add/", {}),
    (f"/registry/{KEPT}/proposals/add/", {"place": "loc ninh", "day": "01/02/2999"}),
    (f"/registry/{KEPT}/proposals/add/", {"name": "x", "place": COMMUNE, "day": "01/02/2001"}),
    (f"/registry/{KEPT}/proposals/{PROPOSAL}/", {"step": "decline"}),
]


def small_registry() -> None:
    """Two records of one cooperative, a union and one of another province; books, every row, and
    somebody who speaks for the first and asks for a change."""
    with patch.object(actions, "new_ref", _in_turn()):
        kept = entered(address="Ấp 5", identity={"products": "hạt điều"})
        entered("2021-03-02", name="HTX NN Đồng Tâm")
        union = entered(name="Liên hiệp HTX Bình Phước", kind="union")
        entered(name="HTX Xứ Lạng", place="c06184-2008")
        books(day="2023-01-01", listed=2)
        wrong = happened(kept, "suspension", "2023-02-01", reason="Báo cáo")
        happened(kept, "admission", "2023-03-01", reason="Quyết định kết nạp")
        void(wrong)
        first = date(2023, 1, 5)
        held(kept, Certificate(standard="ocop", stars=4, product="hạt điều", first_day=first))
        held(kept, ChainLink(partner="Công ty chế biến", first_day=first))
        held(kept, Manager(position="director", sex="female", first_day=first))
        held(union, UnionMember(member=kept, first_day=first))
    period, covers = year_of_data(2023)
    told = returns.fill_in(
        kept,
        period=period,
        covers=covers,
        series="actual",
        values={"official_female": 10, "revenue": 2_500_000_000},
        version=None,
        by=None,
    )
    returns.hand_in(told, version=told.version, by=None)
    Return.objects.update(ref=RETURN)
    speaker, day = account("dongtam"), date(2023, 4, 1)
    speaks(speaker, KEPT)
    changes = {"name": "HTX Đồng Tâm Xanh", "place": the(OTHER_COMMUNE), "phone": "0271 388"}
    propose(kept, changes=changes, day=day, reason="Đại hội đổi tên", by=speaker)
    Proposal.objects.update(ref=PROPOSAL)


def speaks(user: User, ref: str) -> None:
    """Let an account speak for a record."""
    record = Collective.objects.get(ref=ref)
    appoint(record=record, account=user, first_day=date(2023, 1, 1), by=None)


def _in_turn() -> Callable[[], str]:
    """Records are called by NAMES and acts are numbered, so that tests know their addresses."""
    waiting = list(NAMES)
    acts = (f"act{n:07}" for n in count(1))

    def next_ref() -> str:
        asking = sys._getframe(1).f_code.co_name
        return waiting.pop(0) if asking == "enter" else next(acts)

    return next_ref


def void(wrong: Act, reason: str = "Ghi nhầm hồ sơ") -> None:
    record = wrong.collective
    record.refresh_from_db()
    actions.correct_act(
        wrong, instead=None, reason=reason, version=record.version, key=key(), by=None
    )


def held(record: Collective, row: actions.Held) -> None:
    record.refresh_from_db()
    actions.hold(record, row, version=record.version, key=key(), by=None)
