"""What people do with the forms of figures in a browser, in a word each."""

import re
from typing import Any

from django.test import Client

from lienminh.figures.models import Entry
from tests.people.acting import BINH_PHUOC

DISBURSED, TOTAL, TRAINEES = "loans.disbursed", "cooperatives.total", "training.trainees"
ALLIANCE = f"alliance-{BINH_PHUOC}"
TYPED = {
    "place": "Bình Phước",
    "period": "năm 2023",
    "series": "actual",
    "value": "gần 29 tỷ",
    "size": "1",
    "organisation": ALLIANCE,
}


def address(indicator: str = DISBURSED) -> str:
    return f"/figures/add/?indicator={indicator}"


def page(response: Any) -> str:
    return str(response.content.decode())


def key_in(response: Any) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page(response))
    assert found
    return found[1]


def sending(response: Any, typed: dict[str, Any]) -> dict[str, Any]:
    """What the form on a page of preview sends on."""
    seen = re.search(r'name="seen" value="([^"]*)"', page(response))
    return {**typed, "key": key_in(response), "seen": seen[1] if seen else "", "step": "post"}


def enter(client: Client, typed: dict[str, Any], indicator: str = DISBURSED) -> Entry:
    """Preview, send, and give the entry."""
    seen = client.post(address(indicator), {**typed, "step": "preview"})
    assert seen.status_code == 200, page(seen)
    sent = client.post(address(indicator), sending(seen, typed))
    assert sent.status_code == 302, page(sent)
    return Entry.objects.order_by("posting_id").last() or Entry()


def as_user(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
