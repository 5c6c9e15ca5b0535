"""The life of an organisation: what it is on each day, as its acts say. Pure; the acts are given.

An act may come late or be voided: the life is always told anew from all of them, in the order of
their days.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from lienminh.registry.models import Act, Legal, Reporting, Sector
from lienminh.rules.errors import Refused

BEGINNINGS: Final = frozenset({Act.Kind.FOUNDING, Act.Kind.KNOWN})

# What an act does to the two statuses; the alliance's own status can be noted otherwise later.
STATUSES: Final[dict[str, tuple[Legal, Reporting]]] = {
    Act.Kind.FOUNDING: (Legal.ACTIVE, Reporting.ACTIVE),
    Act.Kind.KNOWN: (Legal.ACTIVE, Reporting.ACTIVE),
    Act.Kind.SUSPENSION: (Legal.SUSPENDED, Reporting.STOPPED),
    Act.Kind.RESUMPTION: (Legal.ACTIVE, Reporting.ACTIVE),
    Act.Kind.DISSOLVING: (Legal.DISSOLVING, Reporting.AWAITING),
    Act.Kind.DISSOLUTION: (Legal.DISSOLVED, Reporting.ENDED),
    Act.Kind.REVOCATION: (Legal.REVOKED, Reporting.ENDED),
    Act.Kind.BANKRUPTCY: (Legal.BANKRUPT, Reporting.ENDED),
    Act.Kind.MERGER: (Legal.MERGED, Reporting.ENDED),
    Act.Kind.DIVISION: (Legal.DIVIDED, Reporting.ENDED),
    Act.Kind.CONVERSION: (Legal.CONVERTED, Reporting.ENDED),
}
ENDINGS: Final = frozenset(
    {kind for kind, (_at_office, reporting) in STATUSES.items() if reporting == Reporting.ENDED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """An act as it is told before it is entered; the fields are those of `Act`."""

    kind: str
    day: date
    name: str = ""
    place_id: int | None = None
    address: str = ""
    sector: str = ""
    women_managed: bool | None = None
    minority_area: bool | None = None
    legal: str = ""
    reporting: str = ""
    reason: str = ""
    pk: ClassVar[None] = None
    voided_at: ClassVar[None] = None


Told = Act | NewAct
"""What a life is told by."""


@dataclass(frozen=True, slots=True)
class State:
    """What an organisation is from `since` on; `place` is the id of its seat's unit."""

    since: date
    name: str
    place: int
    address: str
    sector: str
    women_managed: bool | None
    minority_area: bool | None
    legal: str
    reporting: str
    alliance_member: bool = False

    @property
    def exists(self) -> bool:
        """Whether it is still there."""
        return self.reporting != Reporting.ENDED


def told(acts: Iterable[Told]) -> list[State]:
    """The states in the order of their days, one for each day something happened.

    Empty without acts. Refused when the acts contradict each other: something happens before the
    beginning or after the end.
    """
    states: list[State] = []
    for act in in_order(acts):
        before = states[-1] if states else None
        after = _begun(act) if before is None else _changed(before, act)
        if before is not None and before.since == act.day:
            states.pop()
        states.append(after)
    return states


def in_order(acts: Iterable[Told]) -> list[Told]:
    """The acts that hold, by day; on one day the beginning first and the end last."""
    held = [act for act in acts if act.voided_at is None]
    return sorted(
        held,
        key=lambda act: (act.day, act.kind not in BEGINNINGS, act.kind in ENDINGS, act.pk or 0),
    )


def on(states: Iterable[State], day: date) -> State | None:
    """What it was on a day; None before its beginning."""
    begun = [state for state in states if state.since <= day]
    return begun[-1] if begun else None


def spells(states: list[State]) -> Iterator[tuple[State, State | None]]:
    """Each state with the one after it."""
    yield from zip(states, [*states[1:], None], strict=True)


def _begun(act: Told) -> State:
    if act.kind not in BEGINNINGS:
        raise Refused(
            _("Trước ngày %(day)s hồ sơ chưa có sự kiện mở đầu; hãy ghi ngày thành lập sớm hơn.")
            % {"day": f"{act.day:%d/%m/%Y}"}
        )
    if not act.name or act.place_id is None:
        raise Refused(_("Sự kiện mở đầu phải có tên và nơi đặt trụ sở."))
    legal, reporting = STATUSES[act.kind]
    return State(
        since=act.day,
        name=act.name,
        place=act.place_id,
        address=act.address,
        sector=act.sector or "",
        women_managed=act.women_managed,
        minority_area=act.minority_area,
        legal=act.legal or legal,
        reporting=act.reporting or reporting,
    )


def _changed(before: State, act: Told) -> State:
    if act.kind in BEGINNINGS:
        raise Refused(_("Hồ sơ đã có sự kiện mở đầu; mỗi tổ chức chỉ thành lập một lần."))
    if not before.exists:
        raise Refused(
            _("Tổ chức đã chấm dứt từ %(end)s nên không thể có sự kiện ngày %(day)s.")
            % {"end": f"{before.since:%d/%m/%Y}", "day": f"{act.day:%d/%m/%Y}"}
        )
    legal, reporting = STATUSES.get(act.kind, (before.legal, before.reporting))
    moved = act.place_id is not None and act.place_id != before.place
    return State(
        since=act.day,
        name=act.name or before.name,
        place=act.place_id if act.place_id is not None else before.place,
        address=act.address or ("" if moved else before.address),
        sector=Sector(act.sector).value if act.sector else before.sector,
        women_managed=_or(act.women_managed, before.women_managed),
        minority_area=_or(act.minority_area, before.minority_area),
        legal=act.legal or legal,
        reporting=act.reporting or reporting,
        alliance_member=_membership(act, before, act.reporting or reporting),
    )


def _or(said: bool | None, before: bool | None) -> bool | None:
    return before if said is None else said


def _membership(act: Told, before: State, reporting: str) -> bool:
    """An organisation that ends is no member any more."""
    if reporting == Reporting.ENDED:
        return False
    if act.kind == Act.Kind.ADMISSION:
        return True
    return before.alliance_member and act.kind != Act.Kind.LEAVING
