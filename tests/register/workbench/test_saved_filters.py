"""Saved filters: kept under a name, offered to others, shown first, deleted; each by its owner."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sexton.web.cases.models import Case
from sexton.web.register.models import Change, History
from sexton.web.workbench.models import SavedFilter

pytestmark = pytest.mark.django_db
SENT = {"deed": "save", "work_list": "cases", "query": "site=genk&sort=site", "name": "Genk"}


def names(client) -> list[str]:
    page = client.get(reverse("cases"), {"everything": "1"})
    return [row.name for row, _query in page.context["saved"]]


def test_a_filter_is_saved_and_leads_to_what_it_finds(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")
    answer = client.post(reverse("filters"), SENT, follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('cases')}?site=genk&sort=site"
    assert "The filter “Genk” is saved." in answer.content.decode()
    row = SavedFilter.objects.get()
    assert (row.owner, row.query, row.shared, row.is_default) == (
        "ann",
        SENT["query"],
        False,
        False,
    )
    assert row.change.by == "ann"
    assert names(client) == ["Genk"]


def test_only_what_is_shared_is_offered_to_others(case: Case, signed_in) -> None:
    ann, bob = signed_in("researcher", "ann"), signed_in("reviewer", "bob")
    ann.post(reverse("filters"), SENT)
    ann.post(reverse("filters"), {**SENT, "name": "Ours", "shared": "on"})
    assert names(bob) == ["Ours"]
    page = bob.get(reverse("filters")).content.decode()
    assert "Ours" in page and "Genk" not in page and "from ann" in page


def test_nobody_changes_or_deletes_another_s_filter(case: Case, signed_in) -> None:
    ann, bob = signed_in("researcher", "ann"), signed_in("editor", "bob")
    ann.post(reverse("filters"), {**SENT, "shared": "on"})
    row = SavedFilter.objects.get()
    for deed in ("change", "delete"):
        sent = {"deed": deed, "filter": row.pk, f"{row.pk}-name": "Mine now"}
        assert bob.post(reverse("filters"), sent).status_code == 404
    assert SavedFilter.objects.get().name == "Genk"


def test_the_default_is_shown_first_and_everything_can_still_be_seen(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")
    client.post(reverse("filters"), {**SENT, "is_default": "on"})
    answer = client.get(reverse("cases"))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('cases')}?site=genk&sort=site"
    assert client.get(reverse("cases"), {"everything": "1"}).status_code == 200
    assert client.get(reverse("cases-without")).status_code == 200
    client.post(reverse("filters"), {**SENT, "name": "Other", "is_default": "on"})
    defaults = SavedFilter.objects.filter(is_default=True)
    assert [row.name for row in defaults] == ["Other"]
    assert signed_in("reviewer", "bob").get(reverse("cases")).status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "This field is required."),
        ({"query": ""}, "Nothing is chosen"),
        ({"query": "nonsense=1"}, "Nothing is chosen"),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "Genk"}, "You have a filter of this name already."),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_is_lost(
    sent: dict[str, str], said: str, case: Case, signed_in
) -> None:
    client = signed_in("researcher", "ann")
    client.post(reverse("filters"), SENT)
    before = Change.objects.count()
    wrong = {**SENT, "name": "New", **sent}
    answer = client.post(reverse("filters"), wrong)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page and "The filter is not saved yet." in page
    assert f'value="{({**SENT, "name": "New", **sent})["name"]}"' in page or not sent.get(
        "name", "x"
    )
    assert Change.objects.count() == before


def test_a_filter_is_renamed_and_deleted_and_the_history_keeps_it(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")
    for name in ("Genk", "Second"):
        client.post(reverse("filters"), {**SENT, "name": name})
    row = SavedFilter.objects.get(name="Second")
    sent = {"deed": "change", "filter": row.pk, f"{row.pk}-name": "Genk"}
    answer = client.post(reverse("filters"), sent)
    assert answer.status_code == 400
    assert "You have a filter of this name already." in answer.content.decode()
    sent[f"{row.pk}-name"] = "  The   second "
    assert client.post(reverse("filters"), sent).status_code == 302
    assert SavedFilter.objects.get(pk=row.pk).name == "The second"
    client.post(reverse("filters"), {"deed": "delete", "filter": row.pk})
    assert names(client) == ["Genk"]
    assert History.objects.filter(kind="savedfilter", object_id=row.pk).count() == 2


def test_a_post_without_a_deed_is_refused(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")
    assert client.post(reverse("filters"), {}).status_code == 400
    for number in ("", "x", "99"):
        sent = {"deed": "delete", "filter": number}
        assert client.post(reverse("filters"), sent).status_code == 404
