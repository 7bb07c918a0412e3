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
SEX: dict[str, Label] = {"m": _("male"), "f": _("female")}
READ: dict[str, Label] = {"whole": _("read whole"), "part": _("read in part")}
LANGUAGES: dict[str, Label] = {
    "en": _("English"),
    "fr": _("French"),
    "nl": _("Dutch"),
    "de": _("German"),
    "ru": _("Russian"),
    "uk": _("Ukrainian"),
    "pl": _("Polish"),
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
    # What the engine weighs goes by these names.
    "birth": _("Birth"),
    "death": _("Death"),
    "names": _("Name"),
    "numbers": _("Prisoner number"),
    "number": _("Prisoner number"),
    "place": _("Place"),
    "site": _("Burial place"),
    "group": _("Resistance group"),
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
FINDING_KINDS: dict[str, Label] = {}
TABLES = {
    "kind": SITE_KINDS,
    "role": ROLES,
    "severity": SEVERITIES,
    "sex": SEX,
    "read": READ,
    "language": LANGUAGES,
    "field": FIELDS,
    "province": PROVINCES,
    "finding": FINDING_KINDS,
}


def label(code: str, table: str) -> Label:
    """What ``code`` means; a code that no table knows is shown as it is, without underscores."""
    return TABLES[table].get(code) or code.replace("_", " ")
