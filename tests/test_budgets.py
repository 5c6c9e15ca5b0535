"""Each page of the demo keeps to its budget of queries, and a first view to its size."""

import gzip
import json
import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.intake.giving import small_text
from tests.people.acting import officer
from tests.registry.registering import small_registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five_reviews")]

# Address → queries of a warm page, signed out or as an officer. UPDATE_BUDGETS=1 writes it anew.
BUDGETS = Path(__file__).parent / "budgets.json"
FIRST_VIEW = 60_000  # bytes of a page with its styles and scripts, compressed, without typefaces


def test_every_page_keeps_to_its_queries() -> None:
    small_registry()
    visitor, at_work = Client(), Client()
    small_text(by=(user := officer()))
    at_work.force_login(user)
    visitors = {"visitor": visitor, "officer": at_work}
    budgets = json.loads(BUDGETS.read_text("utf-8"))
    taken = {
        who: {address: _queries(visitors[who], address) for address in pages}
        for who, pages in budgets.items()
    }
    if os.environ.get("UPDATE_BUDGETS"):
        BUDGETS.write_text(json.dumps(taken, indent=1, ensure_ascii=False) + "\n", "utf-8")
    over = [
        f"{address} for {who}: {number} queries, {budgets[who][address]} allowed"
        for who, pages in taken.items()
        for address, number in pages.items()
        if number > budgets[who][address]
    ]
    assert not over, "\n".join(over)


def test_a_first_view_is_small() -> None:
    sizes = {
        address: _first_view(address) for address in json.loads(BUDGETS.read_text())["visitor"]
    }
    assert {address: size for address, size in sizes.items() if size > FIRST_VIEW} == {}


def _queries(client: Client, address: str) -> int:
    client.get("/?place=&period=&geography=&known_at=")  # what an address before chose
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def _first_view(address: str) -> int:
    page = Client().get(address).content
    named = re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page)
    assert named, f"{address} names no style"
    files = [Path(str(finders.find(name.decode()))).read_bytes() for name in set(named)]
    return sum(len(gzip.compress(content)) for content in [page, *files])
