"""Addresses of the registry; those with a word of ours stand before a record's ref."""

from django.urls import include, path

from lienminh.registry.views import acting, books, entering, holding, listing, organisation, queues

urlpatterns = [
    path("", include("lienminh.registry.returns.urls")),
    path("", include("lienminh.registry.workbooks.urls")),
    path("", include("lienminh.registry.own_people.urls")),
    path("registry/", listing.index, name="registry"),
    path("registry/filters/", listing.keep_filter, name="registry-filter"),
    path("registry/add/", entering.add, name="registry-add"),
    path("registry/seats/", queues.seats, name="registry-seats"),
    path("registry/seats/follow/", queues.follow, name="registry-seats-follow"),
    path("registry/duplicates/", queues.duplicates, name="registry-duplicates"),
    path("registry/books/", books.index, name="registry-books"),
    path("registry/books/open/", books.open_books, name="registry-books-open"),
    path("registry/<str:ref>/", organisation.show, name="registry-record"),
    path("registry/<str:ref>/edit/", entering.edit, name="registry-edit"),
    path("registry/<str:ref>/seat/", queues.seat, name="registry-seat"),
    path("registry/<str:ref>/acts/", acting.record_act, name="registry-act"),
    path("registry/<str:ref>/acts/<str:act_ref>/", acting.correct_act, name="registry-act-correct"),
    path("registry/<str:ref>/compare/<str:other_ref>/", queues.compare, name="registry-compare"),
    path("registry/<str:ref>/<str:what>/add/", holding.hold, name="registry-hold"),
    path("registry/<str:ref>/<str:what>/<int:number>/", holding.end, name="registry-hold-end"),
]
