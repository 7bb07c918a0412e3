"""Addresses of this part of the workbench."""

from django.urls import path

from sexton.web.workbench.groups import matrix_views, views

urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/new/", views.group_new, name="group-new"),
    path("groups/propose/", views.group_propose, name="group-propose"),
    path("groups/restore/", views.group_restore, name="group-restore"),
    path("group/<slug:group>/", views.group, name="group"),
    path("group/<slug:group>/edit/", views.group_edit, name="group-edit"),
    path("group/<slug:group>/graves/", views.group_graves, name="group-graves"),
    path("group/<slug:group>/names/", views.group_names, name="group-names"),
    path("group/<slug:group>/take-out/", views.group_take_out, name="group-take-out"),
    path("group/<slug:group>/drop/", views.group_drop, name="group-drop"),
    path("group/<slug:group>/matrix/", matrix_views.group_matrix, name="group-matrix"),
]
