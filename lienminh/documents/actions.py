"""The writes of this room."""

from collections.abc import Sequence

from django.db import transaction

from lienminh.documents.models import Document, Reference
from lienminh.people.models import User
from lienminh.rules.errors import Refused

_COMPARED = [f.name for f in Document._meta.concrete_fields if f.name != "id"]


@transaction.atomic
def keep_document(document: Document, *, by: User | None) -> Document:
    """Keep a document once: the stored one when it is the same, Refused when it differs."""
    kept = Document.objects.filter(ref=document.ref).first()
    if kept is None:
        document.save(force_insert=True)
        return document
    differing = [name for name in _COMPARED if getattr(kept, name) != getattr(document, name)]
    if differing:
        raise Refused(
            f"Document {document.ref} is already kept with another {', '.join(differing)}; "
            "describe it the same way everywhere, or give the new one a ref of its own."
        )
    return kept


@transaction.atomic
def cite(references: Sequence[Reference], *, by: User | None) -> None:
    """Record where documents cite others; each passage lies inside its document's text."""
    for reference in references:
        refuse_outside(reference.document, reference.start, reference.end)
    Reference.objects.bulk_create(references)


def refuse_outside(document: Document, start: int, end: int) -> None:
    """Refuse a passage that is empty or beyond the text's length."""
    if document.content_length is None:
        raise Refused(f"Document {document.ref} has no text, so nothing can stand in it.")
    if not 0 <= start < end <= document.content_length:
        raise Refused(
            f"Characters {start} to {end} are not a passage of {document.ref}, whose text has "
            f"{document.content_length} characters; correct the offsets."
        )
