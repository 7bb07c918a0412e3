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
    "single": _("Single grave"),
    "common": _("Common grave"),
    "cenotaph": _("cenotaph: no body lies there"),
    "slot": _("Place in a common grave"),
}
MEMORIAL_KINDS: dict[str, Label] = {
    "monument": _("Monument"),
    "plaque": _("Plaque"),
    "stele": _("Stele"),
    "wall_of_names": _("Wall of names"),
    "street": _("Street"),
    "other": _("Other"),
}
CATEGORIES: dict[str, Label] = {
    "all": _("all"),
    "prisoner_of_war": _("prisoners of war"),
    "partisan": _("partisans"),
    "soldier": _("soldiers"),
    "forced_labourer": _("forced labourers"),
    "civilian": _("civilians"),
    "woman": _("women"),
    "child": _("children"),
}
THE_DEAD: dict[str, Label] = {
    "named": _("Named"),
    "restored": _("Name restored"),
    "unnamed": _("Unnamed"),
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
SITE_NAMES: dict[str, Label] = {
    **{kind: ORGANISATION_NAMES[kind] for kind in ("official", "former", "in_source")},
    "local": _("local name"),
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
LIFE: dict[str, Label] = {
    "birth_when": _("Born"),
    "birth_place": _("Born at"),
    "death_when": _("Died"),
    "death_place": _("Died at"),
    "burial_site": _("Buried at"),
    "reburial_site": _("Reburied at"),
}
RELATIONS: dict[str, Label] = {
    "mother": _("Mother"),
    "father": _("Father"),
    "parent": _("Parent"),
    "wife": _("Wife"),
    "husband": _("Husband"),
    "sibling": _("Brother or sister"),
    "child": _("Child"),
    "kin": _("Of the family"),
    "comrade": _("Comrade"),
    "next_of_kin": _("Next of kin"),
}
# What a citation of a source wants.
CITED: dict[str, Label] = {
    "reference": _("Reference"),
    "holder": _("Holder"),
    "publisher": _("Publisher"),
    "licence": _("Licence"),
    "language": _("Language"),
    "read_on": _("Read on"),
}
NOT_CITED: dict[str, Label] = {
    "reference": _("reference"),
    "holder": _("holder"),
    "publisher": _("publisher"),
    "licence": _("licence"),
    "language": _("language"),
    "read_on": _("day of reading"),
}
# The republics of 1941, by the ids of ``sexton.places``.
REPUBLICS: dict[str, Label] = {
    "RU": _("Russian SFSR"),
    "UA": _("Ukrainian SSR"),
    "BY": _("Byelorussian SSR"),
    "MD": _("Moldavian SSR"),
    "LT": _("Lithuanian SSR"),
    "LV": _("Latvian SSR"),
    "EE": _("Estonian SSR"),
    "GE": _("Georgian SSR"),
    "AM": _("Armenian SSR"),
    "AZ": _("Azerbaijan SSR"),
    "KZ": _("Kazakh SSR"),
    "UZ": _("Uzbek SSR"),
    "TM": _("Turkmen SSR"),
    "KG": _("Kirghiz SSR"),
    "TJ": _("Tajik SSR"),
}
STANDINGS: dict[str, Label] = {
    "unnamed": _("Unnamed"),
    "recorded_once": _("Name recorded by one source only"),
    "recorded": _("Name recorded by several sources"),
    "restored_conjecture": _("Name restored as a conjecture, not known"),
    "restored": _("Name restored; how it is known is not stated"),
    "restored_reconstructed": _("Name restored from another spelling, not read in a source"),
    "restored_printed": _("Name restored: a source prints the real name"),
    "proposed": _("Several records, proposed as one person by the engine, reviewed by nobody"),
    "said_same": _("Several records that a source says are of one person"),
    "confirmed_part": _("Several records, some of them joined by a reviewer's decision"),
    "confirmed": _("Several records, confirmed as one person by a reviewer's decision"),
    "disputed": _("Disputed"),
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
    "memorial": MEMORIAL_KINDS,
    "category": CATEGORIES,
    "dead": THE_DEAD,
    "site_name": SITE_NAMES,
    "organisation": ORGANISATION_KINDS,
    "organisation_name": ORGANISATION_NAMES,
    "agreement": AGREEMENTS,
    "standing": STANDINGS,
    "life": LIFE,
    "relation": RELATIONS,
    "cited": CITED,
    "not_cited": NOT_CITED,
    "unit": UNITS,
    "source_kind": SOURCE_KINDS,
}


def label(code: str, table: str) -> Label:
    """What ``code`` means; a code that no table knows is shown as it is, without underscores."""
    return TABLES[table].get(code) or code.replace("_", " ")
