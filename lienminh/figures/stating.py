"""Who states a figure: the bodies that report it, the documents it is read in."""

import hashlib
from typing import Final

from django.db.models import Q

from lienminh.documents.models import Document
from lienminh.figures.models import Source
from lienminh.people.models import Organisation, User
from lienminh.people.rights import mandates_of
from lienminh.people.roles import ADD, ROLES
from lienminh.places.models import Level, Within
from lienminh.rules.text import fold

LONGEST_TITLE: Final = 300


def adds_somewhere(user: User) -> bool:
    """Whether some mandate of the account lets it enter figures."""
    return any(ADD in ROLES[mandate.role] for mandate in mandates_of(user))


def reporters_for(user: User) -> dict[str, Organisation]:
    """Organisations in the branches where the account enters figures, by ref; no press."""
    own = [mandate.place for mandate in mandates_of(user) if ADD in ROLES[mandate.role]]
    bodies = Organisation.objects.exclude(kind=Organisation.Kind.PRESS)
    if not any(place.level == Level.NATION for place in own):
        inside = Within.objects.filter(ancestor__in=own).values("place")
        bodies = bodies.filter(Q(place__in=own) | Q(place__in=inside))
    return {body.ref: body for body in bodies.order_by("name")}


def reported_by(body: Organisation) -> Source:
    """The one chain of a body's reports, unsaved where it is new."""
    code = f"reported:{body.ref}"
    there = Source.objects.filter(code=code).first()
    return there or Source(code=code, kind=Source.Kind.REPORTED, title=body.name)


def read_in(title: str) -> Source:
    """The chain of a document: one kept, or one known by its title alone; unsaved where new."""
    kept = next((one for one in Document.objects.all() if _is_called(one, title)), None)
    digest = hashlib.sha256(fold(title).encode()).hexdigest()[:32]
    code = f"read:{kept.ref}" if kept else f"read:{digest}"
    there = Source.objects.filter(code=code).select_related("document").first()
    name = (kept.title if kept else title)[:LONGEST_TITLE]
    return there or Source(code=code, kind=Source.Kind.READ, title=name, document=kept)


def _is_called(document: Document, title: str) -> bool:
    return fold(title) in {fold(document.title), fold(str(document)), fold(document.ref)}
