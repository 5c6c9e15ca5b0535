"""The page of a document: what it is, whom it cites, who cites it, what was read from it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienminh.documents.models import Document, Reference
from lienminh.documents.panels import document_panels


@require_safe
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """Title, issuer and day as stated; its text is not kept."""
    document = Document.objects.filter(ref=ref).first()
    if document is None:
        raise Http404
    panels = [panel(request, document) for panel in document_panels]
    context = {
        "document": document,
        "kind": Document.Kind(document.kind).label,
        "cites": Reference.objects.filter(document=document)
        .select_related("cited")
        .order_by("start"),
        "cited_by": document.cited_at.select_related("document").order_by("document", "start"),
        "panels": panels,
    }
    return render(request, "documents/document.html", context)
