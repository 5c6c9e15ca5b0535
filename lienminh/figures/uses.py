"""Where a figure is used: rooms above register what they know (dossiers, plans, pages)."""

from collections.abc import Callable

from django.http import HttpRequest

from lienminh.figures.questions import Question
from lienminh.web.hooks import Hit

Use = Callable[[HttpRequest, Question], list[Hit]]
figure_uses: list[Use] = []
"""Each gives the things that use the answer to a question and that this visitor may see."""


def uses_of(request: HttpRequest, question: Question) -> list[Hit]:
    """Everything that uses it, in the order the rooms registered."""
    return [hit for use in figure_uses for hit in use(request, question)]
