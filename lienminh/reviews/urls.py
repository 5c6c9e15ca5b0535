"""Addresses of reviews."""

from django.urls import path

from lienminh.reviews import editing, leaving, views, writing

urlpatterns = [
    path("reviews/", views.index, name="reviews"),
    path("reviews/<slug:slug>/", views.show, name="review"),
    path("reviews/<slug:slug>/start/", writing.start, name="review-start"),
    path("reviews/<slug:slug>/edit/", editing.edit, name="review-edit"),
    path("reviews/<slug:slug>/seen/", writing.seen, name="review-seen"),
    path("reviews/<slug:slug>/abandon/", leaving.abandon, name="review-abandon"),
    path("reviews/<slug:slug>/resume/", leaving.resume, name="review-resume"),
    path("reviews/<slug:slug>/issue/", writing.issue, name="review-issue"),
    path("reviews/<slug:slug>/<slug:name>.<str:form>", views.download, name="review-file"),
]
