"""The only writes of people: loading the packaged organisations."""

from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from lienminh.people.models import Organisation, OrganisationSuccession, User
from lienminh.people.source import FILE, read_organisations
from lienminh.places.models import Place


def load_organisations(*, by: User | None = None, path: Path = FILE) -> None:
    """Add or correct the packaged organisations, all or nothing; places must be loaded before."""
    with transaction.atomic():
        facts, mergers = read_organisations(path)
        places = dict(Place.objects.values_list("ref", "pk"))
        saved: dict[str, Organisation] = {}
        for fact in facts:
            values = asdict(fact)
            place = places[values.pop("place")]
            parent = saved[fact.parent] if fact.parent else None
            values |= {"place_id": place, "parent": parent}
            saved[fact.ref], _ = Organisation.objects.update_or_create(
                ref=values.pop("ref"), defaults=values
            )
        for merger in mergers:
            OrganisationSuccession.objects.update_or_create(
                old=saved[merger.old],
                new=saved[merger.new],
                defaults={"day": merger.day, "basis": merger.basis},
            )
