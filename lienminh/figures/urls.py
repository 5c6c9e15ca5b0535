"""Addresses of indicators, figures and entries."""

from django.urls import path

from lienminh.figures.views import entering, figure, indicators

urlpatterns = [
    path("indicators/", indicators.index, name="indicators"),
    path("indicators/<str:code>/", indicators.show, name="indicator"),
    path("matrix/", indicators.matrix, name="matrix"),
    path("figures/add/", entering.add, name="figure-add"),
    path("figures/<str:code>/<str:ref>", figure.show, name="figure"),
    path("entries/<str:code>/", entering.entry, name="entry"),
    path("entries/<str:code>/approve/", entering.approve, name="entry-approve"),
    path("entries/<str:code>/correct/", entering.correct, name="entry-correct"),
    path("journal/", entering.journal, name="journal"),
]
