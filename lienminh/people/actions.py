"""The only writes of people: the packaged organisations, accounts and their mandates."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lienminh.people.guessing import Keys, TooMany
from lienminh.people.models import Mandate, Organisation, OrganisationSuccession, Tries, User
from lienminh.people.source import FILE, read_organisations
from lienminh.places.models import Place
from lienminh.rules.errors import Refused
from lienminh.rules.guessing import forgotten_after, wait_after


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


@transaction.atomic
def open_account(*, name: str, password: str, by: User | None) -> User:
    """Open an account under a name of its own; Refused for a bad name or a weak password."""
    account = User(username=name)
    account.set_password(password)
    try:
        validate_password(password, account)
        account.full_clean()
    except ValidationError as fault:
        raise Refused(
            f"The account '{name}' cannot be opened: {' '.join(fault.messages)}"
        ) from None
    account.save(force_insert=True)
    return account


@transaction.atomic
def set_password(*, account: User, password: str, by: User | None) -> None:
    """Give an account another password."""
    account.set_password(password)
    account.save(update_fields=["password"])


@transaction.atomic
def give_mandate(
    *,
    account: User,
    role: str,
    place: Place,
    first_day: date,
    last_day: date | None = None,
    by: User | None,
) -> Mandate:
    """Give an account a role in a place from a day on; the same mandate again is the one there."""
    if role not in Mandate.Role.values:
        raise Refused(f"'{role}' is not a role; the roles are: {', '.join(Mandate.Role.values)}.")
    if last_day is not None and last_day < first_day:
        raise Refused(f"The mandate ends on {last_day} before it begins on {first_day}.")
    mandate, _ = Mandate.objects.get_or_create(
        user=account, role=role, place=place, first_day=first_day, last_day=last_day
    )
    return mandate


@transaction.atomic
def count_try(*, keys: Keys, by: User | None) -> None:
    """Count a try to sign in before it is looked at, so that many at once gain nothing.

    `TooMany` while the account or the address waits; such a try is neither looked at nor counted.
    """
    now, day = timezone.now(), timezone.localdate()
    old = Tries.objects.filter(last__lt=now - forgotten_after(day))
    # Only what nobody else holds, so that two who sign in at once never wait for each other.
    free = old.select_for_update(skip_locked=True).values_list("pk", flat=True)
    Tries.objects.filter(pk__in=list(free)).delete()
    new = [Tries(key=key, last=now, until=now) for key in sorted(keys)]
    Tries.objects.bulk_create(new, ignore_conflicts=True)
    rows = list(Tries.objects.select_for_update().filter(key__in=keys).order_by("key"))
    if (until := max(row.until for row in rows)) > now:
        raise TooMany(until)
    for row in rows:
        row.count, row.last = row.count + 1, now
        row.until = now + wait_after(row.count, keys[row.key], day)
        row.save(update_fields=["count", "last", "until"])


@transaction.atomic
def forgive_try(*, keys: Keys, by: User) -> None:
    """After the right password: nothing stands against the account, this try not against the
    address; guesses at other accounts from there do."""
    rows = {kind: [key for key in keys if keys[key] == kind] for kind in ("account", "address")}
    Tries.objects.filter(key__in=rows["account"]).delete()
    counted = Tries.objects.filter(key__in=rows["address"], count__gt=0)
    counted.update(count=F("count") - 1, until=timezone.now())
