"""A query composed once gives what the query itself gives, whatever its values and their number."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import models
from sexton.web.register.addresses import address
from sexton.web.register.history import change
from sexton.web.register.prepared import MOST, Prepared, give_related

pytestmark = pytest.mark.django_db
EXAMPLES = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
KEYS = [f"site-{number}" for number in range(12)]


@pytest.fixture
def sites(db: None) -> list[models.Site]:
    with change("a steward", "a visit") as door:
        source = door.add(models.Source(key="letter", kind="letter", title="A letter"))
        return [
            door.add(
                models.Site(
                    key=key, municipality="Genk", latitude=50.0 if at % 2 else None,
                    names={"en": key}, source=source if at % 3 else None,
                )
            )
            for at, key in enumerate(KEYS)
        ]  # fmt: skip


def by_ids(ids: Sequence[int]) -> QuerySet[models.Site]:
    graves = models.Grave.objects.filter(site=OuterRef("pk"))
    rows = models.Site.objects.filter(pk__in=ids).select_related("source")
    return rows.annotate(has=Exists(graves), at=F("latitude")).order_by("-pk")


def told(rows: Sequence[models.Site]) -> list[object]:
    return [(s.pk, s.key, s.names, s.latitude, s.source, s.has, s.at) for s in rows]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(st.data())
def test_it_gives_what_the_query_gives(sites: list[models.Site], data: st.DataObject) -> None:
    ids = [site.pk for site in sites]
    asked = data.draw(st.lists(st.sampled_from([*ids, 10**9]), max_size=30))
    assert told(_by_ids(asked)) == told(list(by_ids(asked)))


_by_ids = Prepared(by_ids)


def test_many_ids_are_asked_too(sites: list[models.Site]) -> None:
    ids = [site.pk for site in sites] + list(range(10**6, 10**6 + 2 * MOST))
    assert told(_by_ids(ids)) == told(list(by_ids(ids)))


def test_it_asks_once_and_composes_once(sites: list[models.Site], queries) -> None:
    composed = []

    def compose(key: str) -> QuerySet[models.Site]:
        composed.append(key)
        return models.Site.objects.filter(Q(key=key) | Q(municipality=key))

    ask = Prepared(compose)
    with queries() as asked:
        found = [ask(key) for key in KEYS]
    assert [[one.key for one in rows] for rows in found] == [[key] for key in KEYS]
    assert len(asked) == len(KEYS) and len(composed) == 1
    assert len(ask("Genk")) == len(KEYS)


def test_values_come_as_tuples_in_their_order(sites: list[models.Site]) -> None:
    def rows(keys: Sequence[str]) -> QuerySet[models.Site, tuple[str, str, int]]:
        found = models.Site.objects.filter(key__in=keys).annotate(whole=F("municipality"))
        return found.order_by("key").values_list("whole", "key", "pk")

    assert Prepared(rows)(KEYS[:3]) == list(rows(KEYS[:3]))


def test_a_value_that_is_not_in_the_query_as_it_is_is_refused(sites: list[models.Site]) -> None:
    with pytest.raises(ValueError, match="as it is"):
        Prepared(lambda key: models.Site.objects.filter(key__startswith=key))("site")
    with pytest.raises(ValueError, match="prefetched"):
        Prepared(lambda: models.Site.objects.prefetch_related("records"))()


def test_what_is_given_as_related_is_not_asked_for(sites: list[models.Site], queries) -> None:
    give_related(sites[0], "records", [])
    with queries() as asked:
        assert list(sites[0].records.all()) == []
    assert not asked


@pytest.mark.parametrize("language", ["en", "ru"])
@given(st.text(st.characters(exclude_characters="/\\", exclude_categories=["C", "Z"]), min_size=1))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
def test_addresses_are_those_of_django(language: str, key: str) -> None:
    from django.urls import reverse
    from django.utils import translation

    with translation.override(language):
        assert address("record", key) == reverse("record", args=[key])
