"""What somebody chooses before a run: which cases, which lists, how much of the men they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import Count
from django.forms import BoundField
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sexton.web.accounts import policy
from sexton.web.accounts.rights import grants_of
from sexton.web.cases.models import Case
from sexton.web.cases.work import UNDECIDED, Wanted
from sexton.web.register.models import Site
from sexton.web.workbench.access import WORK, cases_for
from sexton.web.workbench.engine.lists import AList

MOST_KEYS = 500


class RunForm(forms.Form):
    """A run. ``wanted`` is what the job is asked for."""

    site = forms.ChoiceField(required=False, label=gettext_lazy("Cases of"))
    keys = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Only these cases"),
        help_text=gettext_lazy(
            "Their signs, as they stand in the address of a case, with spaces between. Left empty: "
            "all of the place."
        ),
    )
    opening = forms.BooleanField(required=False)
    decided = forms.BooleanField(
        required=False,
        label=gettext_lazy("Those too on which somebody has decided"),
        help_text=gettext_lazy(
            "Their candidates are looked for anew; state, decision and its evidence stay as they "
            "are."
        ),
    )

    def __init__(self, user: Any, lists: Sequence[AList], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.user, self.lists = user, lists
        self.sites = policy.sites_for(grants_of(user), WORK)
        site, opening = self.fields["site"], self.fields["opening"]
        site.choices = [*_all_sites(self.sites, user), *_sites(self.sites)]  # type: ignore[attr-defined]
        opening.label = _("Open a case first for every burial there that has none")
        for number, one in enumerate(lists):
            self.fields[f"list_{number}"] = forms.BooleanField(
                required=False, initial=not number, disabled=bool(one.trouble)
            )
            self.fields[f"coverage_{number}"] = forms.IntegerField(
                required=False, min_value=1, max_value=99, initial=one.percent
            )

    def choices_of_lists(self) -> Iterator[tuple[AList, BoundField, BoundField]]:
        """Each list with its tick and its coverage."""
        for number, one in enumerate(self.lists):
            yield one, self[f"list_{number}"], self[f"coverage_{number}"]

    def clean_keys(self) -> tuple[str, ...]:
        wanted = tuple(dict.fromkeys(self.cleaned_data["keys"].replace(",", " ").split()))
        if len(wanted) > MOST_KEYS:
            text = _("These are too many to name one by one; %(most)d at most.")
            raise forms.ValidationError(text % {"most": MOST_KEYS})
        known = cases_for(self.user).filter(key__in=wanted).values_list("key", flat=True)
        if missing := [key for key in wanted if key not in set(known)]:
            text = ngettext(
                "There is no such case for you: %(keys)s.",
                "There are no such cases for you: %(keys)s.",
                len(missing),
            )
            raise forms.ValidationError(text % {"keys": ", ".join(missing[:5])})
        return wanted

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        chosen = [n for n in range(len(self.lists)) if found.get(f"list_{n}")]
        if not chosen:
            raise forms.ValidationError(_("Choose at least one list in which to look."))
        for number in chosen:
            if found.get(f"coverage_{number}") is None and f"coverage_{number}" not in self.errors:
                self.add_error(f"coverage_{number}", _("Say a number from 1 to 99."))
        if self.sites is not None and not _sites(self.sites):
            raise forms.ValidationError(_("There is no place whose cases are yours to work on."))
        return found

    @property
    def wanted(self) -> Wanted:
        """What was chosen."""
        told = self.cleaned_data
        lists = tuple(
            (one.pool, told[f"coverage_{number}"] / 100)
            for number, one in enumerate(self.lists)
            if told[f"list_{number}"]
        )
        sites = (told["site"],) if told["site"] else ()
        if not sites and self.sites is not None:
            sites = tuple(key for key, _name in _sites(self.sites))
        return Wanted(lists, told["keys"], sites, told["decided"], told["opening"])


def _all_sites(sites: frozenset[int] | None, user: Any) -> list[tuple[str, str]]:
    count = cases_for(user).filter(state__in=UNDECIDED).count()
    text = _("all places (%(n)d undecided)") if sites is None else _("all yours (%(n)d undecided)")
    return [("", text % {"n": count})]


def _sites(sites: frozenset[int] | None) -> list[tuple[str, str]]:
    """The places where somebody may work, each with its undecided cases."""
    cases = Case.objects.filter(state__in=UNDECIDED, record__site__isnull=False)
    of = dict(cases.values_list("record__site").annotate(n=Count("pk")).order_by())
    found = Site.objects.filter(records__isnull=False).distinct()
    if sites is not None:
        found = Site.objects.filter(pk__in=sorted(sites))
    language = get_language() or "en"
    named = [(site.key, f"{site.name_in(language)} ({of.get(site.pk, 0)})") for site in found]
    return sorted(named, key=lambda pair: pair[1].casefold())
