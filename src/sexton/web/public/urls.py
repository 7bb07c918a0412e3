"""Addresses of the public pages."""

from django.urls import path

from sexton.web.public.views import (
    about,
    days,
    home,
    numbers,
    organisations,
    parts,
    persons,
    places,
    records,
    sites,
    sources,
    statements,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sites/", sites.site_list, name="sites"),
    path("sites/<slug:key>/", sites.site, name="site"),
    path("persons/", persons.person_list, name="persons"),
    path("persons/<path:key>/", persons.person, name="person"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/<slug:key>/", organisations.organisation, name="organisation"),
    path("days/", days.day_list, name="days"),
    path("days/<str:edtf>/", days.day, name="day"),
    path("places/", places.place_list, name="places"),
    path("places/<str:slug>/", places.place, name="place"),
    path("records/<path:key>/", records.record, name="record"),
    path("numbers/", numbers.number_list, name="numbers"),
    path("numbers/<slug:slug>/", numbers.number, name="number"),
    path("numbers/<slug:slug>.csv", numbers.number_file, {"ending": "csv"}, name="number-csv"),
    path("numbers/<slug:slug>.json", numbers.number_file, {"ending": "json"}, name="number-json"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<slug:key>/", sources.source, name="source"),
    path("statements/", statements.statement_list, name="statements"),
    path(
        "statements/statements.csv",
        statements.statement_file,
        {"ending": "csv"},
        name="statements-csv",
    ),
    path(
        "statements/statements.json",
        statements.statement_file,
        {"ending": "json"},
        name="statements-json",
    ),
    path("about/", about.about, name="about"),
    path("parts/", parts.parts, name="parts"),
]
