"""The form of a dossier that is drafted from a text."""

from typing import Any

from django.utils.translation import gettext

from lienminh.figures.forms import Chosen
from lienminh.figures.words import period_words
from lienminh.intake.models import Text
from lienminh.intake.other_facts import Fact
from lienminh.intake.record.parts import KINDS, conference_of, day_of
from lienminh.places.queries import title_of
from lienminh.reviews.forms import Start
from lienminh.reviews.views import KINDS as NAMES
from lienminh.rules.periods import Period


class RecordForm(Start):
    """Of which conference, where and when the dossier tells."""

    field_order = ("title", "kind", "day", "scope", "span")

    def __init__(self, text: Text, facts: tuple[Fact, ...], data: Any = None) -> None:
        told = conference_of(facts)
        day = (day_of(told) if told else None) or text.issued_on
        initial: dict[str, Any] = {"title": text.title, "scope": title_of(text.place, day)}
        if day is not None:
            year = Period.parse(str(day.year))
            initial |= {"day": f"{day:%d/%m/%Y}", "span": period_words(year)}
        if told is not None:
            initial["title"] = told.details.get("name", text.title)
            initial["kind"] = KINDS.get(told.details.get("kind", ""), "")
        super().__init__(data, initial=initial, label_suffix="")
        names = [(kind, str(name)) for kind, name in NAMES.items()]
        self.fields["kind"] = Chosen(label=gettext("Loại hội nghị"), choices=[("", "–"), *names])
        self.order_fields(self.field_order)
