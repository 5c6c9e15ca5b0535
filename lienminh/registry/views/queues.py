"""What waits for the keeper of a registry: seats to confirm, records that may be one."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienminh.figures.finding import place_named
from lienminh.figures.forms import UNPROCESSABLE, ReasonForm
from lienminh.places.models import Extent, Place
from lienminh.places.words import EXTENTS
from lienminh.registry import actions
from lienminh.registry.actions import Edited
from lienminh.registry.duplicates import forget_count, pairs
from lienminh.registry.forms.confirming import SeatForm
from lienminh.registry.models import Collective
from lienminh.registry.queries import inside, kept_records, to_confirm, visible_to
from lienminh.registry.reform.actions import AT_ONCE, follow_reform, going_along
from lienminh.registry.seats import ABOVE, full_title, in_full
from lienminh.registry.views.common import (
    CHANGED,
    account,
    done,
    form_methods,
    kept_by,
    pages_query,
    record_for,
    require_keeper,
    version_seen,
)
from lienminh.registry.views.listing import keeps_somewhere
from lienminh.registry.words import KINDS
from lienminh.rules.errors import Refused
from lienminh.web.keys import form_key, new_key, posting_key
from lienminh.web.refusals import Forbidden
from lienminh.web.shell import bar_of
from lienminh.web.words import Vietnamese

A_PAGE: Final = 20


def _here(request: HttpRequest, records: QuerySet[Collective] | None = None) -> Any:
    """The records of the account, or of others given, in the bar's place."""
    place = bar_of(request).place
    seen = visible_to(request.user) if records is None else records
    return inside(seen, place_named(place, timezone.localdate())) if place else seen


def _going_along(request: HttpRequest) -> Any:
    """Those of the account's own to confirm whose old unit went wholly into one."""
    return going_along(to_confirm(_here(request, kept_records(request.user))))


@login_required
@require_safe
def seats(request: HttpRequest) -> HttpResponse:
    """Organisations whose seat is known only as a unit that ended, each with what it became."""
    records = to_confirm(_here(request)).select_related("place").order_by("place__ref", "name_key")
    keeps = keeps_somewhere(request)
    along = _going_along(request).count() if keeps else 0
    page = Paginator(
        records.prefetch_related(f"place__{ABOVE}", f"place__successor_links__new__{ABOVE}"), A_PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_seat_row(record) for record in page.object_list],
        "query": pages_query(request),
        "keeps": keeps,
        "along": along,
        "at_once": min(along, AT_ONCE),
        "key": new_key(),
    }
    return render(request, "registry/seats.html", context)


def _seat_row(record: Collective) -> dict[str, Any]:
    return {
        "record": record,
        "kind": KINDS[record.kind],
        "ended": record.place.last_day,
        "became": became(record.place),
    }


def became(place: Place) -> list[tuple[Any, str, Any]]:
    """The units that took over an ended one: title, as a form says it, how much went over."""
    links = sorted(place.successor_links.all(), key=lambda row: (row.extent, row.new.ref))
    return [(full_title(row.new), in_full(row.new), EXTENTS[Extent(row.extent)]) for row in links]


@login_required
@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Move all seats whose unit went wholly into one, some thousand at a time."""
    if not keeps_somewhere(request):
        raise Forbidden
    going = _going_along(request).order_by("pk")[:AT_ONCE]
    moved = follow_reform(going, key=posting_key(request), by=account(request))
    messages.success(request, _("Đã chuyển trụ sở của %d tổ chức.") % moved)
    return redirect("registry-seats")


@login_required
@form_methods
def seat(request: HttpRequest, ref: str) -> HttpResponse:
    """Confirm the seat of one: a move to the new unit on the day the old one ended."""
    record, user = kept_by(request, ref), account(request)
    prefetch_related_objects([record.place], f"successor_links__new__{ABOVE}")
    if record.place.last_day is None:
        messages.info(request, _("Trụ sở này không cần xác nhận."))
        return redirect("registry-record", record.ref)
    offered = [value for _title, value, _extent in became(record.place)]
    sent = request.POST if request.method == "POST" else None
    form = SeatForm(record, user, sent, initial={"place": offered[0] if len(offered) == 1 else ""})
    form.offered["place"] = offered if len(offered) > 1 else []
    if not form.is_bound or not form.is_valid():
        return _seat_page(request, record, form, status=form.status if form.errors else 200)
    version, key = version_seen(request, record), posting_key(request)
    try:
        actions.record_act(record, form.act(), version=version, key=key, by=user)
    except Edited as edited:
        return _seat_page(
            request,
            record,
            form,
            status=CHANGED,
            edited={"now": edited.now},
            version=edited.now.version,
        )
    except Refused as refusal:
        form.refuse(None, refusal)
        return _seat_page(request, record, form, status=form.status)
    if request.POST.get("next") == "seats":
        messages.success(request, _("Đã xác nhận trụ sở của %s.") % record.name)
        return redirect("registry-seats")
    return done(request, record, _("Đã xác nhận trụ sở."), key=key)


def _seat_page(
    request: HttpRequest, record: Collective, form: SeatForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "record": record,
        "form": form,
        "became": became(record.place),
        "key": form_key(request),
        "version": version_seen(request, record),
        **more,
    }
    return render(request, "registry/seat.html", context, status=status)


@login_required
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of records that may be one organisation."""
    page = Paginator(pairs(_here(request)), A_PAGE).get_page(request.GET.get("page"))
    keys = {pk for pair in page.object_list for pk in (pair.one, pair.other)}
    seen = Collective.objects.select_related("place").prefetch_related(f"place__{ABOVE}")
    by_pk = seen.in_bulk(keys)
    context = {
        "page": page,
        "rows": [(by_pk[pair.one], by_pk[pair.other], pair.why) for pair in page.object_list],
        "query": pages_query(request),
        "keeps": keeps_somewhere(request),
    }
    return render(request, "registry/duplicates.html", context)


@login_required
@form_methods
def compare(request: HttpRequest, ref: str, other_ref: str) -> HttpResponse:
    """Two records side by side: one organisation, of which one record is kept, or two."""
    gone, kept, user = kept_by(request, ref), record_for(request, other_ref), account(request)
    require_keeper(request, kept)
    if gone.pk == kept.pk:
        raise Http404
    if request.method != "POST":
        return _compare_page(request, gone, kept, ReasonForm())
    if request.POST.get("step") == "apart":
        actions.tell_apart(gone, kept, by=user)
        forget_count(user)
        messages.success(request, _("Đã ghi: hai tổ chức khác nhau."))
        return redirect("registry-duplicates")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _compare_page(request, gone, kept, form, status=UNPROCESSABLE)
    return _merge(request, gone, kept, form)


def _merge(
    request: HttpRequest, gone: Collective, kept: Collective, form: ReasonForm
) -> HttpResponse:
    key, version, user = posting_key(request), version_seen(request, gone), account(request)
    if gone.merged_into_id == kept.pk:  # the same form again
        return done(request, kept, _("Đã gộp hai hồ sơ."), key=key)
    reason = form.cleaned_data["reason"]
    try:
        actions.merge(gone, into=kept, reason=reason, version=version, key=key, by=user)
    except Edited as edited:
        return _compare_page(request, edited.now, kept, form, status=CHANGED, edited=True)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _compare_page(request, gone, kept, form, status=UNPROCESSABLE)
    forget_count(user)
    return done(request, kept, _("Đã gộp hai hồ sơ."), key=key)


def _compare_page(
    request: HttpRequest,
    gone: Collective,
    kept: Collective,
    form: ReasonForm,
    *,
    status: int = 200,
    edited: bool = False,
) -> HttpResponse:
    context = {
        "gone": gone,
        "kept": kept,
        "rows": _side_by_side(gone, kept),
        "form": form,
        "edited": edited,
        "version": gone.version,
        "key": form_key(request),
        "swap": reverse("registry-compare", args=[kept.ref, gone.ref]),
    }
    return render(request, "registry/compare.html", context, status=status)


def _side_by_side(gone: Collective, kept: Collective) -> list[tuple[str, Any, Any, bool]]:
    """Every fact of both, and whether they differ."""

    def told(one: Collective) -> list[tuple[str, Any]]:
        founded = f"{one.founded_on:%d/%m/%Y}" if one.founded_on else ""
        return [
            (_("Loại hình"), one.get_kind_display()),
            (_("Mã số"), one.number),
            (_("Mã số thuế"), one.tax_code),
            (_("Giấy chứng nhận cũ, số"), Vietnamese(one.certificate)),
            (_("Trụ sở"), full_title(one.place)),
            (_("Địa chỉ"), Vietnamese(one.address)),
            (_("Lĩnh vực"), one.get_sector_display() if one.sector else ""),
            (_("Thành lập"), founded),
            (_("Tình trạng"), one.get_reporting_display()),
            (_("Sản phẩm, dịch vụ chính"), Vietnamese(one.products)),
            (_("Số sự kiện"), str(one.acts.filter(voided_at=None).count())),
        ]

    both = zip(told(gone), told(kept), strict=True)
    return [(label, ours, theirs, ours != theirs) for (label, ours), (_label, theirs) in both]
