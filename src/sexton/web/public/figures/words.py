"""What each figure is called, what it counts, how it is counted and what bends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from sexton.web.register.figures.model import ACROSS, DISAGREE, LONGER, NOT_READ, NOT_STATED
from sexton.web.register.labels import Label

GENERAL_BIAS = _(
    "The sources were not all read whole, and lists that nobody has read are missing: the numbers "
    "say what this register holds, not how many there were."
)
APART: Mapping[str, Label] = {
    NOT_STATED: _("not stated"),
    DISAGREE: _("the sources disagree"),
    LONGER: _("only a year or a longer time is known"),
    NOT_READ: _("stated, but not read as a place on the map"),
    ACROSS: _("may belong to two bands (the possible ones above)"),
    "no_grave": _("named by a source, not a burial"),
    "no_mine": _("no source read so far names a mine or detachment"),
}
SERIES: Mapping[str, Label] = {
    "persons": _("persons"),
    "named": _("named"),
    "unnamed": _("unnamed"),
    "certain": _("certain"),
    "possible": _("possible as well"),
    "sources": _("sources"),
    "records": _("records"),
    "restored": _("restored names"),
    "decisions": _("decisions"),
    NOT_STATED: _("year not stated"),
}


EVERYBODY = _("Persons in this register")


@dataclass(frozen=True, slots=True)
class Words:
    """``counted`` names those who stand in the rows, ``row`` what a row is; the rest: sentences.

    ``apart`` are other words for what stands apart; ``lines`` are numbers of the figure that are
    told beside the denominator, each with its words.
    """

    title: Label
    what: Label
    counted: Label
    row: Label
    how: Label
    bias: Label = ""
    apart: Mapping[str, Label] = field(default_factory=dict)
    lines: Mapping[str, Label] = field(default_factory=dict)
    group: str = "lives"
    of: Label = EVERYBODY

    def of_apart(self, key: str) -> Label:
        return self.apart.get(key) or APART[key]


_SEVERAL = _("Of these in several rows")
_STANDING = _(
    "What somebody has disproven is left out; where somebody preferred one value, that one counts."
)
_ORIGIN = _(
    "The republic or region of 1941 in which the place of birth lies: as the source names it, or "
    "as the gazetteer finds the town where hardly another of this name can be meant. A place of "
    "birth is not a nationality."
)
_BORN_BIAS = _(
    "Places were written by ear and garbled; small villages stand in no gazetteer, so that towns "
    "and well-known regions are read more often."
)
_READ_LINES = {
    "named": _("Of these by a republic or region that the source names"),
    "gazetteer": _("Of these by a town that the gazetteer finds"),
    "waiting": _("Places of birth that were not looked up yet"),
}
_SITE = _(
    "Persons whom a record puts at a site. A row of a list is one person here, even where it "
    "speaks of several unnamed dead. A person with records at two sites stands in both."
)
_SITE_BIAS = _(
    "Unnamed dead have a row only where a list has one for each: a stone that says “28 unknown” "
    "may be one row."
)
_WITH_SITE = _("Of these at a site")
_WITH_BIRTH = _("Of these with a stated place of birth that could be read")

WORDS: Mapping[str, Words] = {
    "deaths-by-month": Words(
        _("Deaths by month"),
        _("Of how many persons the sources say in which month they died."),
        _("Of these with a stated month of death"),
        _("Month"),
        _(
            "A death stands in a month if all that the sources say of it can lie in that month. A "
            "man whose month is not known is not shared out among the months: he stands apart."
        ),
        _(
            "A date may be that of the burial or of the entry in a list. Those without a name are "
            "often without a date, so the months of common graves may be too low."
        ),
        {NOT_READ: _("stated, but not readable as a date")},
    ),
    "ages": Words(
        _("Age at death"),
        _("How old they were, by bands of five years, with what the dates leave open."),
        _("Of these with an age"),
        _("Age in years"),
        _(
            "From the first and the last day that the dates of birth and death allow: born in 1912 "
            "and dead in 1943 is 30 or 31. Whoever may belong to two bands is counted as possible "
            "in both, and as certain in none."
        ),
        _(
            "Years of birth were written down by clerks, often by ear or rounded; the unnamed have "
            "none."
        ),
        {
            LONGER: _("the dates leave more than ten years open, or give no possible age"),
            NOT_STATED: _("birth or death not stated, or not readable as a date"),
        },
    ),
    "roles": Words(
        _("Prisoners, partisans, forced labourers"),
        _("As what the sources state them."),
        _("Of these with a stated role"),
        _("Role"),
        _("As the sources call them. Whoever is called two things stands in a row of his own."),
        _("A list that was made of one group knows that group best."),
    ),
    "circumstances": Words(
        _("What is told of them"),
        _("Of how many persons a capture, an escape, a fight or an execution is told."),
        _("Of these with an event that a source tells"),
        _("What is told"),
        _(
            "Persons with a part of their own in an event of the kind, as a source tells it; a "
            "person may stand in several rows. Births, and deaths known by their date alone, are "
            "not events here."
        ),
        _("More is told of those about whom somebody wrote; silence says nothing."),
        {NOT_STATED: _("no event is told")},
    ),
    "ranks": Words(
        _("Ranks"),
        _("The ranks that the sources state."),
        _("Of these with a stated rank"),
        _("Rank as written"),
        _(
            "As written, in the language of the source; ranks of two languages are not put "
            "together. Capitals and accents make no difference."
        ),
        _("Officers and those about whom somebody wrote have a rank more often."),
        {},
        {"several": _SEVERAL},
    ),
    "nationality": Words(
        _("Nationality as stated"),
        _("The nationality that a source states. Soviet is not Russian."),
        _("Of these with a stated nationality"),
        _("Nationality as written"),
        _(
            "As written. A nationality is never concluded from a name, a place of birth or an "
            "army. A stone that says “Russian” is quoted, not believed."
        ),
        "",
        {},
        {"several": _SEVERAL},
        "origins",
    ),
    "mines": Words(
        _("Mines and work detachments, by year of death"),
        _("Whom a source puts in a mine or a work detachment, and when they died."),
        _("Of these in a mine or detachment"),
        _("Mine or detachment"),
        _(
            "Persons whom a record, an event or a statement of belonging puts there; a person in "
            "two mines stands in both. That somebody worked there does not say that he died there."
        ),
        _("Of most of the dead no source read so far names the mine."),
        group="places",
    ),
    "communes": Words(
        _("Named and unnamed dead by commune"),
        _("Where they lie, by the commune of the site."),
        _WITH_SITE,
        _("Commune"),
        _SITE,
        _SITE_BIAS,
        {NOT_STATED: _("commune not stated")},
        {"several": _SEVERAL},
        "places",
    ),
    "sites": Words(
        _("Named and unnamed dead by site"),
        _("Where they lie or are remembered, site by site."),
        _WITH_SITE,
        _("Site"),
        _SITE,
        _SITE_BIAS,
        {},
        {"several": _SEVERAL},
        "places",
    ),
    "republics": Words(
        _("Origins: republics and countries"),
        _("In which republic of 1941, or other country, the stated places of birth lie."),
        _WITH_BIRTH,
        _("Republic or country"),
        _ORIGIN,
        _BORN_BIAS,
        {},
        _READ_LINES,
        "origins",
    ),
    "regions": Words(
        _("Origins: regions"),
        _("In which region of 1941 the stated places of birth lie."),
        _WITH_BIRTH,
        _("Region"),
        _ORIGIN,
        _BORN_BIAS,
        {LONGER: _("only the republic is known")},
        _READ_LINES,
        "origins",
    ),
    "languages": Words(
        _("Languages of the sources"),
        _("In which languages the sources speak, and of how many."),
        "",
        _("Language"),
        _(
            "A record counts by its own language, else by that of its source. A person of whom "
            "sources in two languages speak stands in both."
        ),
        _("Which sources were read is a choice of those who read them."),
        {},
        {"sources": _("Sources"), "records": _("Records")},
        "register",
    ),
    "growth": Words(
        _("The register over time"),
        _("When records, restored names and decisions came into this register, added up."),
        "",
        _("Month"),
        _(
            "By the month in which each came into this register. When a source first stated a name "
            "is known only where the source says so; these are counted here on their own."
        ),
        _("The month in which something was entered says nothing of when it was found out."),
        {},
        {
            "restored": _("Restored names"),
            "dated": _("Of these with a day on which a source stated them"),
            "decisions": _("Decisions on records and values"),
        },
        "register",
        _("Records in this register"),
    ),
}
GROUPS: Mapping[str, Label] = {
    "lives": _("Lives and deaths"),
    "places": _("Where they worked and where they lie"),
    "origins": _("Where they came from"),
    "register": _("The sources and the register"),
}
STANDING = _STANDING
