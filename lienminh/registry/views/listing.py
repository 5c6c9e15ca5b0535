"""The list of organisations: found by part of a name, narrowed, sorted, kept under a name."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienminh.figures.finding import place_named
from lienminh.people.rights import mandates_of
from lienminh.people.roles import KEEP, ROLES
from lienminh.places.models import Place
from lienminh.places.words import place_title
from lienminh.registry import actions
from lienminh.registry.forms.listing import ListForm
from lienminh.registry.models import Collective, SavedFilter
from lienminh.registry.queries import visible_to
from lienminh.registry.seats import ABOVE
from lienminh.registry.views.common import account, pages_query
from lienminh.registry.words import KINDS, SECTORS
from lienminh.rules.errors import Refused
from lienminh.web.shell import bar_of

A_PAGE: Final = 50
AT_ONCE: Final = 201  # so many found are counted by reading them: one search instead of two


class FoundPages(Paginator):  # type: ignore[type-arg]
    """Pages of the keys of what was found; few are read once and counted so."""

    @cached_property
    def first(self) -> list[Any]:
        """The first keys, from which the first pages are cut."""
        return list(self.object_list[:AT_ONCE])

    @cached_property
    def count(self) -> int:
        """How many were found."""
        if len(self.first) < AT_ONCE:
            return len(self.first)
        return int(self.object_list.order_by().count())  # type: ignore[attr-defined]

    def page(self, number: int | str) -> Page[Any]:
        """A page; the first ones are not looked for once more."""
        found = super().page(number)
        if found.end_index() <= len(self.first):
            found.object_list = self.first[found.start_index() - 1 : found.end_index()]
        return found


def asked(request: HttpRequest) -> tuple[ListForm, Place | None, QuerySet[Collective]]:
    """The conditions in the address with the bar's place, and the records that meet them."""
    form = ListForm(request.GET)
    form.is_valid()
    bar = bar_of(request)
    place = place_named(bar.place, timezone.localdate()) if bar.place else None
    return form, place, form.records(visible_to(request.user), place)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was found, a page of it; only that part of the page for a search while typing."""
    form, place, records = asked(request)
    pages = FoundPages(records.values_list("pk", flat=True), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form,
        "place": place_title(place) if place else "",
        "page": page,
        "rows": rows_of(list(page.object_list)),
        "heads": _heads(request, form),
        "query": pages_query(request),
        "asked": _kept_query(request),
        "export": f"{reverse('registry-export')}?{_kept_query(request)}",
        "may_add": keeps_somewhere(request),
    }
    template = "registry/found.html"
    if not request.headers.get("HX-Request") or request.headers.get("HX-History-Restore-Request"):
        template = "registry/index.html"
        context["filters"] = SavedFilter.objects.filter(user=account(request))
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    response["HX-Push-Url"] = f"{reverse('registry')}?{pages_query(request)}"
    return response


def rows_of(pks: Sequence[int]) -> list[dict[str, Any]]:
    """The records of these keys, in their order, as rows of a table."""
    seen = Collective.objects.filter(pk__in=pks).select_related("place")
    by_pk = {record.pk: record for record in seen.prefetch_related(f"place__{ABOVE}")}
    in_order = [by_pk[pk] for pk in pks]
    return [
        {"record": one, "kind": KINDS[one.kind], "sector": SECTORS.get(one.sector)}
        for one in in_order
    ]


def keeps_somewhere(request: HttpRequest) -> bool:
    """Whether the account keeps the registry of some place."""
    return any(KEEP in ROLES[mandate.role] for mandate in mandates_of(request.user))


def _kept_query(request: HttpRequest) -> str:
    """The question as it is kept: with the bar's place, which the address may leave out."""
    place = bar_of(request).place
    others = pages_query(request, ("page", "place"))
    return "&".join(filter(None, (urlencode({"place": place}) if place else "", others)))


def _heads(request: HttpRequest, form: ListForm) -> dict[str, dict[str, str]]:
    """For each column that sorts: the address that does, and how it is sorted now."""
    now = form.cleaned_data.get("sort") or "name"
    query = pages_query(request, ("page", "sort"))
    heads = {}
    for column in ("name", "founded", "place"):
        turned = f"-{column}" if now == column else column
        order = {column: "ascending", f"-{column}": "descending"}.get(now, "none")
        heads[column] = {"query": f"{query}&sort={turned}".lstrip("&"), "order": order}
    return heads


@login_required
@require_POST
def keep_filter(request: HttpRequest) -> HttpResponse:
    """Keep a question to the list under a name, or forget one."""
    user = account(request)
    query = QueryDict(request.POST.get("query", "")[:1000], mutable=True)
    query.pop("page", None)
    if "drop" in request.POST:
        for saved in SavedFilter.objects.filter(user=user, name=request.POST["drop"]):
            actions.drop_filter(saved, by=user)
            messages.success(request, _("Đã bỏ bộ lọc."))
    else:
        try:
            actions.save_filter(name=request.POST.get("name", ""), query=query.urlencode(), by=user)
            messages.success(request, _("Đã giữ bộ lọc."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{reverse('registry')}?{query.urlencode()}")
