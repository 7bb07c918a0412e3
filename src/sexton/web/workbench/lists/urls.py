"""Addresses of this part of the workbench."""

from django.urls import path

from sexton.web.workbench.lists import actions, filters_page, views

urlpatterns = [
    path("", views.case_list, name="cases"),
    path("cases.csv", views.case_file, name="cases-file"),
    path("without/", views.without_list, name="cases-without"),
    path("without.csv", views.without_file, name="cases-without-file"),
    path("open/", actions.open_chosen, name="case-open"),
    path("change/", actions.change_chosen, name="cases-change"),
    path("back/", actions.take_back, name="cases-back"),
    path("filters/", filters_page.filters, name="filters"),
]
