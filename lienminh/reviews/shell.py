"""What this room puts into the shell: its menu entry, the home page, and where figures are used."""

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lienminh.figures.questions import Question
from lienminh.figures.uses import figure_uses
from lienminh.reviews import home, searching
from lienminh.reviews.models import Number, Point
from lienminh.reviews.queries import listed
from lienminh.web.hooks import Hit, MenuItem, add_to_menu, home_panels, menu
from lienminh.web.words import Vietnamese

MENU = MenuItem("reviews", gettext_noop("Hồ sơ hội nghị"), 10)


def register() -> None:
    """Fill the shell's lists; harmless to repeat."""
    if MENU not in menu:
        add_to_menu(MENU)
        home_panels.extend([(10, home.needs), (20, home.dossiers), (30, home.latest)])
        figure_uses.append(uses)
    searching.register()


def uses(request: HttpRequest, question: Question) -> list[Hit]:
    """The dossiers that print the answer to a question, of those this visitor may read."""
    numbers = Number.objects.filter(
        review__in=listed(request.user).order_by().values("pk"),
        indicator__code=question.indicator,
        place=question.place,
        first=question.period.first,
        last=question.period.last,
        cell=question.cell,
        series=question.series,
    ).select_related("review")
    told = Point.objects.filter(review=OuterRef("review"))
    written = [Concat(Value("{"), OuterRef("key"), Value(end)) for end in ("}", ":")]
    printed = Q(text__contains=written[0]) | Q(text__contains=written[1])
    return [
        Hit(
            _("Hồ sơ"),
            Vietnamese(one.review.title),
            reverse("review", args=[one.review.slug]),
            one.code,
        )
        for one in numbers.filter(Exists(told.filter(printed)))
    ]
