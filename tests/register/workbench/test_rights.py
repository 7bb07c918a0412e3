"""Every page and every action of the workbench, tried by every role."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, reverse

from sexton.web.accounts import policy
from sexton.web.cases.models import Case
from sexton.web.register.history import change
from sexton.web.register.models import Change, Site
from sexton.web.workbench.urls import urlpatterns

pytestmark = pytest.mark.django_db
# What an address holds beside the key of the case. Rights are asked before it is looked up.
ARGUMENTS: dict[str, dict[str, object]] = {
    "case-letter": {"number": 1},
    "case-letter-paper": {"number": 1},
    "case-letter-text": {"number": 1},
    **{name: {"pk": 1} for name in ("run", "run-stop", "run-go-on")},
    **{
        name: {"group": "nobody"}
        for name in (
            "group", "group-edit", "group-graves", "group-names", "group-take-out", "group-drop",
            "group-matrix",
        )
    },
    **{
        f"learning-{part}": {"name": "3-judged-1"}
        for part in ("version", "decide", "reveal", "rules-file")
    },
}  # fmt: skip
NAMES = [pattern.name for pattern in urlpatterns]


def address(pattern: URLPattern, case: Case) -> str:
    wanted = pattern.pattern.converters
    given = {"key": case.key} if "key" in wanted else {}
    return reverse(pattern.name, kwargs=given | ARGUMENTS.get(pattern.name, {}))


def test_every_view_says_what_it_asks_for() -> None:
    assert len(set(NAMES)) == len(NAMES) > 30
    for pattern in urlpatterns:
        assert pattern.callback.action in policy.ACTIONS, pattern.name


@pytest.mark.parametrize("role", ["", *policy.ROLES])
def test_every_role_tries_every_view(role: str, case: Case, signed_in) -> None:
    site = Site.objects.get(key="genk") if role in policy.SITE_NEEDED else None
    client = signed_in(role, site=site)
    for pattern in urlpatterns:
        where = address(pattern, case)
        for method in (client.get, client.post):
            told = f"{role} {method.__name__} {where}"
            changes = Change.objects.count()
            answer = method(where)
            if not role:
                assert answer.status_code == 302 and "sign-in" in answer["Location"], told
            elif pattern.callback.action in policy.TABLE[role]:
                assert answer.status_code in {200, 302, 400, 404, 405}, told
            else:
                assert answer.status_code == 403, told
            if answer.status_code == 403 or not role:
                assert Change.objects.count() == changes, told
            assert "no-store" in answer["Cache-Control"], told


def test_who_reviews_another_site_is_not_let_in(case: Case, signed_in) -> None:
    with change("a steward", "a visit") as door:
        other = door.add(Site(key="chimay", kind="cemetery_plot", municipality="Chimay"))
    stranger = signed_in("reviewer", "far", site=other)
    own = signed_in("reviewer", "near", site=Site.objects.get(key="genk"))
    for pattern in urlpatterns:
        if "key" in pattern.pattern.converters:
            where = address(pattern, case)
            assert stranger.get(where).status_code == 403, where
            assert stranger.post(where).status_code == 403, where
            assert own.get(where).status_code != 403, where
