"""Addresses of an organisation's own people and of what they propose."""

from django.urls import path

from lienminh.registry.own_people import views

urlpatterns = [
    path("registry/proposals/", views.waiting, name="registry-proposals"),
    path("registry/<str:ref>/people/add/", views.appoint, name="registry-appoint"),
    path("registry/<str:ref>/people/<int:number>/", views.dismiss, name="registry-dismiss"),
    path("registry/<str:ref>/proposals/add/", views.propose, name="registry-propose"),
    path("registry/<str:ref>/proposals/<str:asked_ref>/", views.show, name="registry-proposal"),
]
