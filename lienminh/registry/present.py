"""The present state of an organisation, repeated in its own columns so that it can be found."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from lienminh.registry import life
from lienminh.registry.life import State, Told
from lienminh.registry.models import Act, Collective
from lienminh.registry.naming import name_key
from lienminh.rules.errors import Refused
from lienminh.rules.text import fold

SEARCHED: Final = 1_000  # letters of a record that a search looks at, for an index holds them


def show_state(
    record: Collective, acts: Iterable[Told], states: Sequence[State] | None = None
) -> None:
    """Repeat the present state in the record's own columns; `states` when they are known."""
    held = life.in_order(acts)
    states = life.told(held) if states is None else states
    if not states:
        raise Refused(_("Hồ sơ phải có một sự kiện mở đầu: thành lập, hoặc ghi vào sổ."))
    now = states[-1]
    record.name, record.place_id, record.address = now.name, now.place, now.address
    record.sector, record.legal, record.reporting = now.sector, now.legal, now.reporting
    record.women_managed, record.minority_area = now.women_managed, now.minority_area
    record.alliance_member = now.alliance_member
    record.founded_on = held[0].day if held[0].kind == Act.Kind.FOUNDING else None
    record.ended_on = None if now.exists else now.since
    names = dict.fromkeys([now.name, record.short_name, *(state.name for state in states)])
    words = [*names, record.number, record.tax_code, record.products]
    record.folded = fold(" ".join(filter(None, words)))[:SEARCHED]
    record.name_key = name_key(now.name)
