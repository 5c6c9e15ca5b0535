"""Addresses of texts that are read."""

from django.urls import path

from lienminh.intake.record import views as record
from lienminh.intake.views import correcting, listing, reviewing

urlpatterns = [
    path("texts/", listing.index, name="texts"),
    path("texts/add/", listing.add, name="text-add"),
    path("texts/wordings/", listing.wordings, name="wordings"),
    path("texts/<slug:ref>/", reviewing.show, name="text"),
    path("texts/<slug:ref>/decide/", reviewing.decide, name="text-decide"),
    path("texts/<slug:ref>/describe/", reviewing.describe, name="text-describe"),
    path("texts/<slug:ref>/scheme/", reviewing.scheme, name="text-scheme"),
    path("texts/<slug:ref>/facts/", record.facts, name="text-facts"),
    path("texts/<slug:ref>/drop/", reviewing.drop, name="text-drop"),
    path("texts/<slug:ref>/<int:number>/correct/", correcting.correct, name="finding-correct"),
]
