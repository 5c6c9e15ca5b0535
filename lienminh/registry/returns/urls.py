"""Addresses of yearly data."""

from django.urls import path

from lienminh.registry.returns import views

urlpatterns = [
    path("registry/data/", views.waiting, name="registry-data"),
    path("registry/<str:ref>/data/", views.fill_in, name="registry-data-add"),
    path("registry/<str:ref>/data/<str:told_ref>/", views.show, name="registry-data-show"),
    path("registry/<str:ref>/data/<str:told_ref>/edit/", views.fill_in, name="registry-data-edit"),
]
