"""Addresses of the public pages."""

from django.urls import path

from sexton.web.public.views import (
    about,
    days,
    graves,
    home,
    memorials,
    organisations,
    parts,
    persons,
    places,
    records,
    registers,
    sites,
    sources,
    statements,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sites/", sites.site_list, name="sites"),
    path("sites/<slug:key>/", sites.site, name="site"),
    path("sites/<slug:key>/graves/", graves.grave_list, name="graves"),
    path("sites/<slug:key>/register/", registers.printable, name="register"),
    path("sites/<slug:key>/register.csv", registers.table, name="register-table"),
    path("graves/<path:key>/", graves.grave, name="grave"),
    path("memorials/", memorials.memorial_list, name="memorials"),
    path("memorials/<slug:key>/", memorials.memorial, name="memorial"),
    path("persons/", persons.person_list, name="persons"),
    path("persons/<path:key>/", persons.person, name="person"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/<slug:key>/", organisations.organisation, name="organisation"),
    path("days/", days.day_list, name="days"),
    path("days/<str:edtf>/", days.day, name="day"),
    path("places/", places.place_list, name="places"),
    path("places/<str:slug>/", places.place, name="place"),
    path("records/<path:key>/", records.record, name="record"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<slug:key>/", sources.source, name="source"),
    path("statements/", statements.statement_list, name="statements"),
    path("about/", about.about, name="about"),
    path("parts/", parts.parts, name="parts"),
]
