"""Addresses of places."""

from django.urls import path

from lienminh.places import views

urlpatterns = [
    path("places/", views.index, name="places"),
    path("places/<str:ref>/", views.show, name="place"),
]
