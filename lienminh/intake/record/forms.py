"""The form of a dossier that is drafted from a text."""

from typing import Any

from django.utils.translation import gettext

from lienminh.figures.forms import Chosen
from lienminh.intake.models import Text
from lienminh.intake.other_facts import Fact
from lienminh.intake.record.parts import KINDS, conference_of, day_of, words
from lienminh.places.queries import title_of
from lienminh.reviews.forms import Start
from lienminh.reviews.views import KINDS as NAMES


class RecordForm(Start):
    """Of which conference, where and when the dossier tells."""

    field_order = ("title", "kind", "day", "scope", "span")

    def __init__(self, text: Text, facts: tuple[Fact, ...], data: Any = None) -> None:
        told = conference_of(facts)
        day = (day_of(told) if told else None) or text.issued_on
        initial: dict[str, Any] = {"title": text.title, "scope": title_of(text.place, day)}
        if day is not None:
            initial["day"] = f"{day:%d/%m/%Y}"
        if told is not None:
            initial["title"] = words(told.details.get("name", text.title))
            initial["kind"] = KINDS.get(told.details.get("kind", ""), "")
        super().__init__(data, initial=initial, label_suffix="")
        names = [(kind, str(name)) for kind, name in NAMES.items()]
        self.fields["kind"] = Chosen(label=gettext("Loại hội nghị"), choices=[("", "–"), *names])
        self.order_fields(self.field_order)
