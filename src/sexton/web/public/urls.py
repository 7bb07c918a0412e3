"""Addresses of the public pages."""

from django.urls import path

from sexton.web.public.views import (
    about,
    citations,
    data,
    days,
    home,
    map,
    organisations,
    parts,
    person,
    persons,
    places,
    records,
    sites,
    sources,
    statements,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("map/", map.map_page, name="map"),
    path("map/data.json", map.map_data, name="map-data"),
    path("sites/", sites.site_list, name="sites"),
    path("sites/<slug:key>/", sites.site, name="site"),
    path("persons/", persons.person_list, name="persons"),
    path("persons/<path:key>/qr.svg", citations.person_qr, name="person-qr"),
    path("persons/<path:key>/citation.bib", citations.person_bibtex, name="person-bibtex"),
    path("persons/<path:key>/citation.ris", citations.person_ris, name="person-ris"),
    path("persons/<path:key>/", person.person, name="person"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/<slug:key>/", organisations.organisation, name="organisation"),
    path("days/", days.day_list, name="days"),
    path("days/<str:edtf>/", days.day, name="day"),
    path("places/", places.place_list, name="places"),
    path("places/<str:slug>/", places.place, name="place"),
    path("records/<path:key>/citation.bib", citations.record_bibtex, name="record-bibtex"),
    path("records/<path:key>/citation.ris", citations.record_ris, name="record-ris"),
    path("records/<path:key>/", records.record, name="record"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<slug:key>/", sources.source, name="source"),
    path("statements/", statements.statement_list, name="statements"),
    path("data/", data.data, name="data"),
    path("about/", about.about, name="about"),
    path("parts/", parts.parts, name="parts"),
]
