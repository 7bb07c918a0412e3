"""Patronymics: telling one by its ending, and the father's given name behind it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sexton.names.folding import fold
from sexton.names.given_names import transliteration_key
from sexton.names.tables import read_table

# -ович/-евич/-івна as Cyrillic and five Latin conventions write them, and the Turkic -oglu, -kyzy.
_ENDING = re.compile(
    r"(?:[oeiy][vw][iy](?:t?sch|t?ch|tsh|tsj|cz|ts|č|c)|[oeiy][vw]i?na|[iy]n[iy]t?chna"
    r"|[ое]вич|[ое]вна|[іїи]вна|инична|инишна|-?og[lh][uyi]|-?k[yi]z[yi]|-?[ou]ul[uyi]|-?оглы|-?кызы|-?улы)$"
)
_SON_OF = re.compile(r"(?:(?<=.)[aeiou]*v(?:i[hsk]|ina|na)|-?og[lh][iu]|-?kisi|-?u?uli)$")
_LAST_VOWELS = re.compile(r"[aeiou]+$")
_MIN_LETTERS = 5


@cache
def _fathers() -> tuple[dict[str, str], dict[str, str]]:
    """Irregular patronymics by their key, and male given names by their stem."""
    irregular: dict[str, str] = {}
    names: dict[str, str] = {}
    variants: dict[str, str] = {}
    for row in read_table("given_names.tsv"):
        canonical, kind, forms = row["canonical"], row["kind"], row["forms"].split()
        if row["sex"] != "m":
            continue
        names[_stem_of_given(canonical)] = canonical
        if kind == "patronymic":
            irregular.update((_stem_of_patronymic(form), canonical) for form in forms)
        elif kind not in {"short", "local"}:
            variants.update((_stem_of_given(form), canonical) for form in forms)
    return irregular, variants | names


def _stem_of_given(text: str) -> str:
    return _LAST_VOWELS.sub("", transliteration_key(text))


def _stem_of_patronymic(text: str) -> str:
    return _SON_OF.sub("", transliteration_key(text))


@lru_cache(maxsize=1 << 17)
def given_of_patronymic(text: str) -> str | None:
    """Name the father behind a patronymic; None when nobody is known.

    >>> given_of_patronymic("Mikhaïlovitch"), given_of_patronymic("Михайловна")
    ('Михаил', 'Михаил')
    """
    stem = _stem_of_patronymic(text)
    if not stem:
        return None
    irregular, stems = _fathers()
    if stem in irregular:
        return irregular[stem]
    return stems.get(stem) if stem != transliteration_key(text) else None


def is_patronymic(text: str) -> bool:
    """Say whether ``text`` ends as a patronymic does; so do surnames like Anikevitch.

    >>> is_patronymic("Iwanowitsch"), is_patronymic("Иванов")
    (True, False)
    """
    folded = fold(text)
    if len(folded) < _MIN_LETTERS:
        return False
    return bool(_ENDING.search(folded)) or _stem_of_patronymic(text) in _fathers()[0]
