"""A synthetic federation, small: invented, taken in, counted, told of late and otherwise."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from lienminh.demo import federation
from lienminh.demo.accounts import on_sign_in
from lienminh.demo.invented import communes
from lienminh.demo.told import provinces_now
from lienminh.figures.answers import answer
from lienminh.figures.questions import Answer, Question
from lienminh.places.models import Place, Within
from lienminh.registry.duplicates import pairs
from lienminh.registry.models import Act, Collective, Proposal, Return
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.web.hooks import integrity

SIZE = 60


def made(monkeypatch: pytest.MonkeyPatch) -> str:
    """What the demo says, its organisations in the three provinces that state yearly data."""
    told = provinces_now()[: len(federation.COVERED)]
    inside = set(Within.objects.filter(ancestor__in=told).values_list("place", flat=True))
    few = [place for place in communes() if place.pk in inside]
    monkeypatch.setattr(federation, "communes", lambda: few)
    said = StringIO()
    words = ("--world", "synthetic", "--size", str(SIZE), "--no-serve")
    call_command("demo", *words, stdout=said)
    return said.getvalue()


def asked(indicator: str, place: Place) -> Answer:
    period = Period.parse("2025")
    return answer(Question(indicator=indicator, place=place, period=period))


@pytest.mark.django_db
def test_a_synthetic_federation_is_counted_reported_late_and_never_real(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path / "home"
    said = made(monkeypatch)
    assert "Dữ liệu giả lập: 69 tổ chức" in said
    assert federation.make(SIZE).taken == Collective.objects.count() == 69  # nothing is doubled
    assert integrity.run_checks() == []

    nation = asked("cooperatives.total", Place.objects.get(ref="vn"))
    assert nation.source == "counted"
    assert nation.amount is not None
    assert SIZE * 3 / 4 < nation.amount.low <= SIZE + 1
    city, *_others, last_but_one, _last = provinces_now()
    assert asked("cooperatives.total", city).sources["reported"] is not None
    assert asked("cooperatives.members", last_but_one).conflicts  # a yearbook says otherwise
    assert Act.objects.filter(kind=Act.Kind.DISSOLUTION).exists()
    assert len(pairs(Collective.objects.all())) >= 1

    states = set(Return.objects.values_list("state", flat=True))
    assert states == {"accepted", "draft", "submitted", "returned"}
    assert set(Return.objects.values_list("last__year", flat=True)) == {2024, 2025}
    (wish,) = Proposal.objects.all()
    assert wish.made_by.username in {account.name for account in on_sign_in()}
    with pytest.raises(Refused, match="synthetic world"):
        call_command("demo", "--no-serve")
