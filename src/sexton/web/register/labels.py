"""What the codes in the data mean, in words that can be translated."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

SITE_KINDS: dict[str, Label] = {
    "grave": _("Grave"),
    "cemetery_plot": _("Plot in a cemetery"),
    "mass_grave": _("Common grave"),
    "memorial": _("Memorial"),
}
ROLES: dict[str, Label] = {
    "pow": _("Prisoner of war"),
    "partisan": _("Partisan"),
    "forced_labourer": _("Forced labourer"),
    "unknown": _("Role unknown"),
}
SEVERITIES: dict[str, Label] = {
    "error": _("Error"),
    "warning": _("Warning"),
    "note": _("Note"),
}
FINDING_STATES: dict[str, Label] = {
    "open": _("Open"),
    "accepted": _("Accepted: to be mended"),
    "not_a_fault": _("Not a fault"),
    "mended": _("Mended"),
}
SEX: dict[str, Label] = {"m": _("male"), "f": _("female")}
READ: dict[str, Label] = {"whole": _("read whole"), "part": _("read in part")}
LANGUAGES: dict[str, Label] = {
    "en": _("English"),
    "fr": _("French"),
    "nl": _("Dutch"),
    "de": _("German"),
    "ru": _("Russian"),
    "uk": _("Ukrainian"),
    "be": _("Belarusian"),
    "pl": _("Polish"),
}
NAME_KINDS: dict[str, Label] = {
    "birth": _("Name at birth"),
    "restored": _("Restored form"),
    "on_stone": _("Form on the grave"),
    "in_source": _("Form in the source"),
    "alias": _("Alias"),
    "partisan": _("Name among the partisans"),
    "married": _("Married name"),
}
BASES: dict[str, Label] = {
    "printed": _("printed in the source"),
    "reconstructed": _("reconstructed, not read in a source"),
    "conjecture": _("a conjecture, not known"),
}
SOURCE_KINDS: dict[str, Label] = {
    "holder": _("Holder"),
    "fonds": _("Fonds"),
    "series": _("Series"),
    "file": _("File"),
    "card_index": _("Card index"),
    "list": _("List"),
    "book": _("Book"),
    "web_page": _("Web page"),
    "letter": _("Letter"),
    "interview": _("Interview"),
    "stone": _("Stone"),
    "map": _("Map"),
}
FIELDS: dict[str, Label] = {
    "name": _("Name as written"),
    "surname": _("Surname"),
    "given": _("Given name"),
    "patronymic": _("Patronymic"),
    "other_names": _("Other forms of the name"),
    "sex": _("Sex"),
    "birth_date": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "death_date": _("Date of death"),
    "death_place": _("Place of death"),
    "burial_place": _("Burial place"),
    "prisoner_number": _("Prisoner number"),
    "camp": _("Camp"),
    "rank": _("Rank"),
    "unit": _("Unit"),
    "nationality": _("Nationality"),
    "role": _("Role"),
    "resistance_group": _("Resistance group"),
    "source": _("Source"),
    "language": _("Language of the source"),
    "remarks": _("Remarks"),
    "unknown_person": _("Without a name in the source (1: yes, 0: no)"),
}
PROVINCES: dict[str, Label] = {
    "Antwerpen": _("Antwerp"),
    "Brabant wallon": _("Walloon Brabant"),
    "Brussels": _("Brussels"),
    "Hainaut": _("Hainaut"),
    "Limburg": _("Limburg"),
    "Liège": _("Liège"),
    "Luxembourg": _("Luxembourg (province)"),
    "Luxembourg (country)": _("Luxembourg (country)"),
    "Namur": _("Namur"),
    "Oost-Vlaanderen": _("East Flanders"),
    "Vlaams-Brabant": _("Flemish Brabant"),
    "West-Vlaanderen": _("West Flanders"),
}
FINDING_KINDS: dict[str, Label] = {
    "birth_place_contradicts_itself": _("A birth place that contradicts itself"),
    "births_disagree": _("Sources disagree on a birth"),
    "born_after_death": _("Born after death"),
    "camp_against_number": _("Camp numeral against camp number"),
    "camp_not_known": _("A camp that is not known"),
    "coordinates_far_from_commune": _("Coordinates far from the commune"),
    "coordinates_in_other_province": _("Coordinates in another province"),
    "count_against_rows": _("A stated count against the rows"),
    "cut_name": _("A name cut short"),
    "cyrillic_in_latin_capitals": _("Cyrillic typed in Latin capitals"),
    "death_outside_war": _("A death outside the war"),
    "deaths_disagree": _("Sources disagree on a death"),
    "garbled_name": _("A garbled name"),
    "glued_name": _("Two words written as one"),
    "leaked_birth_place": _("A birth place from the row before"),
    "lookalike_letters": _("Letters of two alphabets in one word"),
    "misprinted_date": _("A misprinted date"),
    "moved_letters": _("Letters in another order"),
    "one_man_at_two_sites": _("One man at several sites"),
    "one_man_twice": _("One man twice in a list"),
    "plate_date": _("Plate against register"),
    "same_dates_two_names": _("The same dates for two names"),
    "sources_disagree_on_count": _("Sources disagree on a count"),
    "text_says_other_province": _("A text that names another province"),
    "unlikely_age": _("An unlikely age"),
    "unnamed_against_rows": _("A stated count of unknown against the rows"),
    "wrong_province": _("The wrong province"),
}
ACCOUNT_ROLES: dict[str, Label] = {
    "reader": _("Reader"),
    "contributor": _("Contributor"),
    "researcher": _("Researcher"),
    "reviewer": _("Reviewer"),
    "caretaker": _("Caretaker of a site"),
    "editor": _("Editor"),
    "administrator": _("Administrator"),
}
STEPS: dict[str, Label] = {
    "birth": _("Birth"),
    "draft": _("Draft into the army"),
    "service": _("Unit and rank"),
    "capture": _("Capture"),
    "registration": _("Registration as a prisoner"),
    "captivity": _("Captivity"),
    "transfer": _("Transfer"),
    "work": _("Forced labour"),
    "hospital": _("In hospital"),
    "illness": _("Illness"),
    "escape": _("Escape"),
    "joining": _("Joining the resistance"),
    "resistance": _("In the resistance"),
    "combat": _("Combat"),
    "wound": _("Wound"),
    "execution": _("Execution"),
    "death": _("Death"),
    "burial": _("Burial"),
    "exhumation": _("Exhumation"),
    "reburial": _("Reburial"),
    "marking": _("Cross, stone or plate"),
    "commemoration": _("Remembrance"),
    "membership": _("Member of"),
}
ASPECTS: dict[str, Label] = {
    "when": _("When"),
    "title": _("What"),
    "part": _("Part in it"),
    "site": _("At which site"),
    "place": _("Where"),
    "organisation": _("Organisation"),
    "number": _("Number"),
    "unit": _("Unit"),
    "rank": _("Rank"),
    "role": _("As what"),
    "inscription": _("Inscription"),
    "concluded": _("Concluded, not written"),
    "remarks": _("Remarks"),
}
PARTS: dict[str, Label] = {
    "subject": _("the person concerned"),
    "fell": _("fell"),
    "buried": _("was buried"),
    "captured": _("was captured"),
    "wounded": _("was wounded"),
    "commemorated": _("is remembered"),
    "witness": _("witness"),
    "perpetrator": _("perpetrator"),
    "organiser": _("organiser"),
}
MARKERS: dict[str, Label] = {
    "cross": _("Cross"),
    "stone": _("Stone"),
    "plate": _("Plate"),
    "plaque": _("Plaque"),
    "obelisk": _("Obelisk"),
    "none": _("No marker"),
    "other": _("Other marker"),
}
GRAVE_KINDS: dict[str, Label] = {
    "common": _("Common grave"),
    "cenotaph": _("cenotaph: no body lies there"),
}
ORGANISATION_KINDS: dict[str, Label] = {
    "camp": _("Prisoner camp"),
    "mine": _("Mine"),
    "work_detachment": _("Work detachment"),
    "hospital": _("Hospital"),
    "resistance_movement": _("Resistance movement"),
    "military_unit": _("Military unit"),
    "commune": _("Commune"),
    "parish": _("Parish"),
    "school": _("School"),
    "association": _("Association"),
    "archive": _("Archive"),
    "embassy": _("Embassy"),
    "other": _("Other organisation"),
}
ABOUT_ORGANISATIONS: dict[str, Label] = {
    "camp": _(
        "Camps through which the prisoners passed. They were renumbered and moved, and clerks "
        "garbled their names; each form stands with its source."
    ),
    "mine": _(
        "Mines in which prisoners and forced labourers worked. Lists of graves seldom name the "
        "mine, so few of the dead stand here."
    ),
    "work_detachment": _("Groups of prisoners who were sent to work outside their camp."),
    "hospital": _("Hospitals and sick bays in which some of them lay or died."),
    "resistance_movement": _(
        "Groups that men joined who had fled: as the sources call them, with their parts. One man "
        "may be counted to several by several sources."
    ),
    "military_unit": _(
        "Units in which they served before they were captured, as sources name them."
    ),
}
ORGANISATION_NAMES: dict[str, Label] = {
    "official": _("official name"),
    "former": _("former name"),
    "number": _("number"),
    "garbled": _("garbled"),
    "in_source": _("as a source writes it"),
}
UNITS: dict[str, Label] = {
    "RU": _("Russian SFSR"),
    "UA": _("Ukrainian SSR"),
    "BY": _("Belorussian SSR"),
    "MD": _("Moldavian SSR"),
    "GE": _("Georgian SSR"),
    "AM": _("Armenian SSR"),
    "AZ": _("Azerbaijan SSR"),
    "KZ": _("Kazakh SSR"),
    "UZ": _("Uzbek SSR"),
    "TM": _("Turkmen SSR"),
    "KG": _("Kirghiz SSR"),
    "TJ": _("Tajik SSR"),
    "LT": _("Lithuanian SSR"),
    "LV": _("Latvian SSR"),
    "EE": _("Estonian SSR"),
    "PL": _("Poland"),
    "DE": _("Germany"),
    "BE": _("Belgium"),
    "LU": _("Luxembourg (country)"),
    "NL": _("Netherlands"),
    "FR": _("France"),
}
AGREEMENTS: dict[str, Label] = {
    "less_exact": _("not equally exact"),
    "differ": _("the sources disagree"),
    "several": _("several are named"),
    "written": _("written differently"),
}
TABLES = {
    "account_role": ACCOUNT_ROLES,
    "kind": SITE_KINDS,
    "role": ROLES,
    "severity": SEVERITIES,
    "finding_state": FINDING_STATES,
    "sex": SEX,
    "read": READ,
    "language": LANGUAGES,
    "field": FIELDS,
    "province": PROVINCES,
    "finding": FINDING_KINDS,
    "name_kind": NAME_KINDS,
    "basis": BASES,
    "step": STEPS,
    "aspect": ASPECTS,
    "part": PARTS,
    "marker": MARKERS,
    "grave": GRAVE_KINDS,
    "organisation": ORGANISATION_KINDS,
    "organisation_name": ORGANISATION_NAMES,
    "agreement": AGREEMENTS,
    "unit": UNITS,
    "source_kind": SOURCE_KINDS,
}


def label(code: str, table: str) -> Label:
    """What ``code`` means; a code that no table knows is shown as it is, without underscores."""
    return TABLES[table].get(code) or code.replace("_", " ")
