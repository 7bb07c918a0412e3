"""A small register with a case whose candidates are written as the engine would write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.cases import deciding
from sexton.web.cases.models import Candidate, Case, Inquiry
from sexton.web.cases.refreshing import weigh_again
from sexton.web.register import models
from sexton.web.register.history import change

from ..conftest import take_in, write_csv

STONE = {
    "id": "grave-1", "name": "SCHATUNOV Afanas", "death_date": "1943-05-02",
    "burial_place": "genk", "source": "stone",
}  # fmt: skip
CARDS = (
    {"id": "card-1", "name": "Шатунов Афанасий", "birth_date": "1903", "death_date": "1943-05-02",
     "prisoner_number": "108258", "camp": "VI K", "source": "cards"},
    {"id": "card-2", "name": "Чатунов Пётр", "birth_date": "1911", "death_date": "",
     "prisoner_number": "55021", "camp": "VI A", "source": "cards"},
)  # fmt: skip


@pytest.fixture
def case(db: None, tmp_path) -> Case:
    """The case of ``grave-1``, at a site, with both cards as candidates from the register."""
    with change("a steward", "a visit") as door:
        door.add(models.Site(key="genk", kind="cemetery_plot", municipality="Genk"))
    columns = dict.fromkeys([*STONE, *CARDS[0]], "")
    take_in(write_csv(tmp_path / "list.csv", [columns | row for row in (STONE, *CARDS)]))
    made = deciding.open_case(models.Record.objects.get(key="grave-1"), "a steward")
    Inquiry.objects.create(case=made, pool="register", size=2, coverage=0.8)
    for rank, row in enumerate(CARDS, 1):
        fields = {name: cell for name, cell in row.items() if cell and name != "id"}
        Candidate.objects.create(
            case=made, name=f"record:{row['id']}", rank=rank, probability=0.0, fields=fields
        )
    weigh_again(made)
    return made


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """A browser in which somebody with a role is signed in: ``signed_in("reviewer", "bob")``."""

    def sign_in(role: str = "", name: str = "", site: models.Site | None = None) -> Client:
        client = Client()
        if role:
            user = User.objects.create_user(name or f"a-{role}", password="nine grey stones")
            if role != "reader":
                roles.give(user, role, by="a test", reason="a test", site=site)
            client.force_login(user)
        return client

    return sign_in
