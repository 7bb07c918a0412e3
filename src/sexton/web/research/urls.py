"""Addresses of the search, its suggestions, records of archives, and of the audit's findings."""

from django.urls import path

from sexton.web.research import archive_records, findings, suggest, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", suggest.suggest, name="suggest"),
    path(
        "archives/<str:name>/<slug:digest>/<int:row>/",
        archive_records.archive_record,
        name="archive-record",
    ),
    path("findings/", findings.findings, name="findings"),
]
