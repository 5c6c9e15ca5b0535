"""Short words for small registries: enter, happen, open the books."""

from datetime import date
from itertools import count
from typing import Any

from lienminh.places.models import Place
from lienminh.registry import actions
from lienminh.registry.models import Act, Books, Collective

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
