"""The policy put to an account and a row of the register: ``may(user, action, on)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from sexton.web.accounts import policy
from sexton.web.accounts.models import RoleAssignment
from sexton.web.accounts.policy import Grant
from sexton.web.register.history import kind_of, versioned
from sexton.web.register.models import (
    Change,
    Claim,
    Document,
    History,
    Image,
    Region,
    Relation,
    Versioned,
)

M = TypeVar("M", bound=Model)


def grants_of(user: Any) -> tuple[Grant, ...]:
    """What an account holds today, asked once for each request; anybody is a reader."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return policy.PUBLIC
    if (known := user.__dict__.get("_grants")) is None:
        held = RoleAssignment.objects.filter(user=user)
        lasting = held.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
        rows = lasting.values_list("role", "site_id")
        known = (*policy.PUBLIC, *(Grant(role, site) for role, site in rows))
        user.__dict__["_grants"] = known
    return known  # type: ignore[no-any-return]


def may(user: Any, action: str, on: Versioned | None = None) -> bool:
    """Whether ``user`` may do ``action``: to the row ``on``, or (without one) anywhere at all."""
    return policy.allowed(grants_of(user), action, None if on is None else sites_of(on))


def may_everywhere(user: Any, action: str) -> bool:
    """Whether ``user`` may do ``action`` to what belongs to no site."""
    return policy.allowed(grants_of(user), action, frozenset())


def may_write(user: Any, row: Versioned) -> bool:
    """Whether ``user`` may add ``row``, change it or make it what it is now."""
    action = policy.action_on(kind_of(type(row)))
    if action is None:
        return False
    return may(user, action, row) or _may_contribute(user, row)


def may_drop(user: Any, row: Versioned) -> bool:
    """Whether ``user`` may take ``row`` out."""
    action = policy.action_on(kind_of(type(row)))
    return action is not None and may(user, action, row)


def may_write_kind(user: Any, model: type[Versioned]) -> bool:
    """Whether there can be a row of this model that ``user`` may write."""
    action = policy.action_on(kind_of(model))
    given = kind_of(model) in policy.CONTRIBUTED and may(user, "contribute")
    return given or (action is not None and may(user, action))


def _may_contribute(user: Any, row: Versioned) -> bool:
    """Whether it is something that contributors add, still private, and this one's own."""
    kind, use = kind_of(type(row)), getattr(row, "use", "")
    if kind not in policy.CONTRIBUTED or use != "private" or not _own(user, row):
        return False
    return may(user, "contribute", row if sites_of(row) else None)


def _own(user: Any, row: Versioned) -> bool:
    """Whether the row is new, or nobody else made it what it is."""
    return row.pk is None or row.change.by == user.get_username()


def _through(*steps: str) -> Callable[[Any], int | None]:
    """The id at the end of a path of attributes, None where it breaks off."""

    def follow(row: Any) -> int | None:
        try:
            for step in steps:
                row = getattr(row, step) if row is not None else None
        except ObjectDoesNotExist:  # a past state can refer to what was taken out since
            return None
        return row

    return follow


_SITE = _through("site_id")
# An image is of the site that it shows or in which what it shows stands.
OF_IMAGE = (
    ("site_id",), ("grave", "site_id"), ("marker", "site_id"), ("memorial", "site_id"),
)  # fmt: skip
_OF_IMAGE = tuple(_through(*steps) for steps in OF_IMAGE)
_SITES: dict[str, tuple[Callable[[Any], int | None], ...]] = {
    "site": (_through("pk"),),
    "marking": (_through("marker", "site_id"),),
    "inscription": (_through("marker", "site_id"), _through("memorial", "site_id")),
    "image": _OF_IMAGE,
    "region": tuple(_through("image", *steps) for steps in OF_IMAGE),
    "event": (_SITE, _through("grave", "site_id")),
    "claim": (
        _SITE,
        _through("grave", "site_id"),
        _through("event", "site_id"),
        _through("record", "site_id"),
    ),
    "case": (_through("record", "site_id"),),
    **{kind: (_through("case", "record", "site_id"),) for kind in policy.OF_A_CASE - {"case"}},
    "groupbody": (_through("case", "record", "site_id"),),
    "groupname": (_through("group", "site_id"),),
    "roleassignment": (),
}


def sites_of(row: Versioned) -> frozenset[int]:
    """The sites that a row belongs to; empty for what belongs to none (a source, a person)."""
    kind = kind_of(type(row))
    if isinstance(row, Claim) and (row.person_id or row.organisation_id):
        return frozenset()  # naming a site beside its subject does not make it the site's
    paths = _SITES.get(kind, (_SITE,) if hasattr(row, "site_id") else ())
    return frozenset(site for path in paths if (site := path(row)) is not None)


def visible(user: Any, rows: QuerySet[M]) -> QuerySet[M]:
    """Those of ``rows`` that ``user`` may see: not what is private, unless he may or made it."""
    condition = _visible(user, rows.model)
    return rows if condition is None else rows.filter(condition)


def is_visible(user: Any, row: Versioned) -> bool:
    """Whether ``user`` may see a row that is in the register."""
    condition = _visible(user, type(row))
    return condition is None or type(row)._default_manager.filter(condition, pk=row.pk).exists()


def _in_a_case() -> Q:
    """The changes that were made in the course of a case: their reasons can say who somebody is."""
    past = History.objects.filter(kind__in=policy.OF_A_CASE)
    found = Q(pk__in=past.values("began")) | Q(pk__in=past.values("ended"))
    for model in versioned():
        if kind_of(model) in policy.OF_A_CASE:
            found |= Q(pk__in=model._default_manager.values("change"))
    return found


def _visible(user: Any, model: type[Model]) -> Q | None:
    sites = policy.sites_for(grants_of(user), "read_private")
    if model is Change:
        return None if may_everywhere(user, "work_cases") else ~_in_a_case()
    if model is RoleAssignment:
        mine = getattr(user, "pk", None)
        return None if may(user, "give_roles") else Q(user=mine)
    if sites is None or model not in (Relation, Image, Document, Region):
        return None
    return _public(model, user, sites, "image__" if model is Region else "")


def _public(model: type[Model], user: Any, sites: frozenset[int], path: str) -> Q:
    made = Q(**{f"{path}change__by": user.get_username()}) if grants_of(user)[1:] else Q(pk=None)
    if model is Relation:
        return Q(private=False) | made
    today = timezone.localdate()
    open_now = Q(**{f"{path}hidden_until": None}) | Q(**{f"{path}hidden_until__lte": today})
    shown = Q(**{f"{path}use": "public"}) & open_now
    if model is not Document:
        for steps in OF_IMAGE:
            shown |= Q(**{f"{path}{'__'.join(steps)}__in": sorted(sites)})
    return shown | made
