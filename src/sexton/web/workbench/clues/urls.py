"""Addresses of this part of the workbench."""

from django.urls import URLPattern, path

from sexton.web.workbench.clues import letter_views, overview, views

_LETTER = "case/<slug:key>/letters/<int:number>/"
urlpatterns: list[URLPattern] = [
    path("letters/", overview.overview, name="letters"),
    path("case/<slug:key>/clues/", views.case_clues, name="case-clues"),
    path("case/<slug:key>/letters/", letter_views.case_letters, name="case-letters"),
    path(_LETTER, letter_views.case_letter, name="case-letter"),
    path(f"{_LETTER}paper/", letter_views.letter_print, name="case-letter-paper"),
    path(f"{_LETTER}text/", letter_views.letter_plain, name="case-letter-text"),
]
