"""The stewards' desk over the Belgian register: every page, the search, what nobody may see."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.register import models
from sexton.web.steward.registered import ROOMS, desk

pytestmark = pytest.mark.django_db


def signed_in(role: str, site: models.Site | None = None, name: str = "") -> Client:
    user = User.objects.create_user(name or role)
    roles.give(user, role, by="a test", reason="a test", site=site)
    client = Client()
    client.force_login(user)
    return client


def address(model: type, view: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


@pytest.mark.parametrize("language", ["", "/ru"])
def test_every_page_of_the_desk_can_be_opened(language: str) -> None:
    client = signed_in("administrator")
    assert client.get(f"{language}/steward/").status_code == 200
    for model, room in ROOMS.items():
        opened = client.get(language + address(model, "changelist"))
        assert opened.status_code == 200, model
        row = model._default_manager.first()
        if row is not None:
            shown = client.get(language + address(model, "change", row.pk))
            assert shown.status_code == 200, model
        if room(model, desk).has_add_permission(opened.wsgi_request):
            assert client.get(language + address(model, "add")).status_code == 200, model
