"""Rights come from role × place × days; every address is tried by every role."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lienminh.people import rights
from lienminh.people.models import Mandate
from lienminh.people.roles import ADD, APPROVE, CORRECT, RIGHTS, ROLES
from lienminh.places.models import Place
from lienminh.web.refusals import Forbidden
from tests.intake.giving import TEXT, small_text
from tests.people.acting import BINH_PHUOC, LANG_SON, account, department, leader, officer
from tests.registry.registering import KEPT, PROPOSAL, TWIN, small_registry

pytestmark = pytest.mark.django_db


def the(ref: str) -> Place:
    return Place.objects.get(ref=ref)


# Rights.


def test_every_role_is_described_and_knows_only_rights_that_are() -> None:
    assert set(ROLES) == set(Mandate.Role.values)
    assert all(held <= set(RIGHTS) for held in ROLES.values())


def test_a_right_holds_in_its_place_and_all_inside_it() -> None:
    user = officer()
    inside = Place.objects.filter(level="district", spells__parent=the(BINH_PHUOC))[0]
    assert rights.may(user, ADD, the(BINH_PHUOC))
    assert rights.may(user, ADD, inside)
    assert not rights.may(user, APPROVE, the(BINH_PHUOC))
    assert not any(rights.may(user, ADD, the(ref)) for ref in (LANG_SON, "vn", "p75-2025"))


def test_the_nation_holds_groupings_and_a_province_does_not() -> None:
    grouping = Place.objects.get(ref="g-phia-nam")
    assert rights.may(department(), CORRECT, grouping)
    assert not rights.may(officer(), CORRECT, grouping)


@pytest.mark.parametrize(
    ("first_day", "last_day", "holds"),
    [
        (date(2023, 1, 1), None, True),
        (date(2023, 1, 1), date(2023, 12, 31), False),
        (date(2999, 1, 1), None, False),
    ],
)
def test_a_mandate_holds_between_its_days(
    first_day: date, last_day: date | None, holds: bool
) -> None:
    user = account("someone", "officer", BINH_PHUOC, first_day=first_day, last_day=last_day)
    assert rights.may(user, ADD, the(BINH_PHUOC)) is holds
    assert rights.reads_office_figures(user) is holds


def test_who_is_not_active_or_not_signed_in_has_no_rights() -> None:
    user = officer()
    user.is_active = False
    for visitor in (user, AnonymousUser()):
        assert not rights.in_branch(visitor, the(BINH_PHUOC))
        assert not rights.reads_office_figures(visitor)


def test_outside_the_branch_is_not_found_and_without_the_right_is_forbidden() -> None:
    user = officer()
    with pytest.raises(Http404):
        rights.require(user, ADD, the(LANG_SON))
    with pytest.raises(Forbidden):
        rights.require(user, APPROVE, the(BINH_PHUOC))
    rights.require(user, ADD, the(BINH_PHUOC))


# Every address × every role.


ANYONE, NOT_POSTED = (200,) * 5, (405,) * 5


class Row(NamedTuple):
    """What a GET and an empty POST of an address answer to a visitor, the officer of the place, an
    officer elsewhere, a leader, the department."""

    arguments: tuple[str, ...] = ()
    get: tuple[int, ...] = ANYONE
    post: tuple[int, ...] = NOT_POSTED
    query: str = ""


REVIEW = "004-so-ket-2-de-an-hop-tac-xa-tinh-binh-phuoc"
SIGNED_IN = (302, 200, 200, 200, 200)
NO_IMPORT = (302, 404, 404, 403, 404)
NOBODY_S = (302, 404, 404, 404, 404)
READ_ONLY = (302, 405, 405, 405, 405)
# Who keeps the registry of the place, in whose branch it is, who may only read it.
KEEPERS, KEEPERS_WRONG = (302, 200, 404, 403, 200), (302, 422, 404, 403, 422)
TABLE = {
    "home": Row(),
    "look": Row(),
    "find": Row(query="?q=2.177"),
    "set_language": Row(get=(302,) * 5, post=(302,) * 5),
    "sign-in": Row(get=(200, 302, 302, 302, 302), post=(200, 302, 302, 302, 302)),
    "account": Row(get=SIGNED_IN, post=SIGNED_IN),
    "places": Row(),
    "place": Row((BINH_PHUOC,)),
    "document": Row(("bai-bao-so-ket-2-de-an-binh-phuoc-2024-03-20",)),
    "indicators": Row(),
    "indicator": Row(("cooperatives.total",)),
    "matrix": Row(),
    "figure": Row(("cooperatives.total", BINH_PHUOC), query="?period=2023-12-31"),
    "figure-add": Row(
        get=(302, 200, 200, 403, 200),
        post=(302, 422, 422, 403, 422),
        query="?indicator=cooperatives.total",
    ),
    "entry": Row(("4.2",)),
    "entry-approve": Row(("4.2",), (302, 403, 404, 200, 200), (302, 403, 404, 302, 302)),
    "entry-correct": Row(("4.3",), (302, 200, 404, 403, 200), (302, 422, 404, 403, 422)),
    "journal": Row(),
    "reviews": Row(),
    "review": Row((REVIEW,)),
    "review-file": Row((REVIEW, REVIEW, "xlsx")),
    "review-start": Row((REVIEW,), (302, 200, 200, 403, 200), (302, 422, 422, 403, 422)),
    # What is rebuilt from the press is nobody's to edit or issue.
    "review-edit": Row((REVIEW,), NOBODY_S, NOBODY_S),
    "review-seen": Row((REVIEW,), (302, 405, 405, 405, 405), NOBODY_S),
    "review-issue": Row((REVIEW,), NOBODY_S, NOBODY_S),
    "review-abandon": Row((REVIEW,), NOBODY_S, NOBODY_S),
    "review-resume": Row((REVIEW,), (302, 405, 405, 405, 405), NOBODY_S),
    "registry": Row(get=SIGNED_IN, post=READ_ONLY),
    "registry-filter": Row(get=READ_ONLY, post=(302,) * 5),
    "registry-add": Row(get=(302, 200, 200, 403, 200), post=(302, 422, 422, 403, 422)),
    "registry-seats": Row(get=SIGNED_IN, post=READ_ONLY),
    "registry-duplicates": Row(get=SIGNED_IN, post=READ_ONLY),
    "registry-books": Row(get=SIGNED_IN, post=READ_ONLY),
    "registry-books-open": Row(get=(302, 403, 403, 200, 403), post=(302, 403, 403, 422, 403)),
    "registry-record": Row((KEPT,), (302, 200, 404, 200, 200), READ_ONLY),
    "registry-edit": Row((KEPT,), KEEPERS, (302, 302, 404, 403, 302)),
    "registry-seat": Row((KEPT,), KEEPERS, KEEPERS_WRONG),
    "registry-act": Row((KEPT,), KEEPERS, KEEPERS_WRONG),
    "registry-act-correct": Row((KEPT, "act0000001"), KEEPERS, KEEPERS_WRONG),
    "registry-compare": Row((TWIN, KEPT), KEEPERS, KEEPERS_WRONG),
    "registry-hold": Row((KEPT, "certificates"), KEEPERS, KEEPERS_WRONG),
    "registry-hold-end": Row((KEPT, "certificates", "1"), KEEPERS, KEEPERS_WRONG),
    "registry-data": Row(get=SIGNED_IN, post=READ_ONLY),
    "registry-data-add": Row((KEPT,), KEEPERS, KEEPERS_WRONG),
    "registry-data-show": Row((KEPT, "return0001"), (302, 200, 404, 200, 200), KEEPERS_WRONG),
    "registry-data-edit": Row((KEPT, "return0001"), KEEPERS, KEEPERS_WRONG),
    "registry-import": Row(get=(302, 200, 200, 403, 200), post=(302, 422, 422, 403, 422)),
    "registry-import-show": Row(("none",), NO_IMPORT, NO_IMPORT),
    **{
        f"registry-import-{step}": Row(("none",), (302, 405, 405, 403, 405), NO_IMPORT)
        for step in ("sheet", "take", "drop")
    },
    "registry-export": Row(get=SIGNED_IN, post=(302, 405, 405, 405, 405)),
    # Only who speaks for the organisation proposes.
    "registry-propose": Row((KEPT,), (302, 403, 404, 403, 403), (302, 403, 404, 403, 403)),
    "registry-proposals": Row(get=SIGNED_IN, post=READ_ONLY),
    "registry-proposal": Row((KEPT, PROPOSAL), (302, 200, 404, 200, 200), KEEPERS_WRONG),
    "registry-appoint": Row((KEPT,), KEEPERS, KEEPERS_WRONG),
    "registry-dismiss": Row((KEPT, "1"), KEEPERS, KEEPERS_WRONG),
    "texts": Row(get=SIGNED_IN, post=READ_ONLY),
    "text-add": Row(get=(302, 200, 200, 403, 200), post=(302, 422, 422, 403, 422)),
    "wordings": Row(get=SIGNED_IN, post=NOBODY_S),
    # A text is its branch's; who does not enter figures reads it.
    "text": Row((TEXT,), (302, 200, 404, 200, 200), (302, 405, 404, 405, 405)),
    "text-decide": Row((TEXT,), (302, 405, 404, 405, 405), (302, 409, 404, 403, 409)),
    "text-describe": Row((TEXT,), KEEPERS, KEEPERS_WRONG),
    "text-scheme": Row((TEXT,), KEEPERS, KEEPERS_WRONG),
    "finding-correct": Row((TEXT, "1"), KEEPERS, KEEPERS_WRONG),
    "text-facts": Row((TEXT,), (302, 200, 404, 200, 200), KEEPERS_WRONG),
    "text-drop": Row((TEXT,), KEEPERS, (302, 302, 404, 404, 404)),
    # These change what the addresses before them show.
    "registry-seats-follow": Row(get=READ_ONLY, post=(302, 302, 302, 403, 302)),
    # Signing out comes last: it ends the session.
    "sign-out": Row(get=NOT_POSTED, post=(302,) * 5),
}


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        elif one.name:
            yield one.name


def test_every_address_is_in_the_table() -> None:
    assert set(names(get_resolver().url_patterns)) <= set(TABLE)


@pytest.mark.usefixtures("five_reviews")
def test_every_address_answers_each_role_as_the_table_says() -> None:
    small_registry()
    clients = [Client()]
    users = (officer(), officer(LANG_SON), leader(), department())
    small_text(by=users[0])
    for user in users:
        clients.append(Client())
        clients[-1].force_login(user)
    known = set(names(get_resolver().url_patterns))
    wrong: dict[str, Any] = {}
    for name, row in TABLE.items():
        if name not in known:
            continue
        address = reverse(name, args=row.arguments) + row.query
        for client in clients:
            client.get("/?place=&period=")  # what an address before chose
        got = tuple(client.get(address).status_code for client in clients)
        posted = tuple(client.post(address).status_code for client in clients)
        if (got, posted) != (row.get, row.post):
            wrong[name] = {"get": got, "post": posted}
    assert not wrong
