"""A name in Cyrillic letters as the language of a commune writes it, letter by letter.

The customs are those of encyclopaedias and newspapers, not of passports: French (Chatounov), Dutch
(Sjatoenov), German (Schatunow, the custom of Duden), English (BGN/PCGN: Shatunov). For a plate
alone: how a clerk wrote a name is another matter (``sexton.names``). Pure.
"""

from __future__ import annotations

import re
import unicodedata

CONVENTIONS = ("fr", "nl", "de", "en")
_SAME = "а=a б=b д=d з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t ф=f і=i ы=y э=e ъ= ь= ’= ґ=g г=g"
_LETTERS = {
    "fr": f"{_SAME} в=v е=e ё=io ж=j й=ï у=ou х=kh ц=ts ч=tch ш=ch щ=chtch ю=iou я=ia є=ie ї=ï ў=w",
    "nl": f"{_SAME} в=v е=e ё=jo ж=zj й=j у=oe х=ch ц=ts ч=tsj ш=sj щ=sjtsj ю=joe я=ja є=je "
    "ї=ji ў=w",
    "de": f"{_SAME} в=w з=s е=e ё=jo ж=sch й=i у=u х=ch ц=z ч=tsch ш=sch щ=schtsch ю=ju я=ja є=je "
    "ї=ji ў=u",
    "en": f"{_SAME} в=v е=e ё=yo ж=zh й=y у=u х=kh ц=ts ч=ch ш=sh щ=shch ю=yu я=ya є=ye ї=yi ў=w",
}
_TABLES = {
    code: dict(pair.split("=") for pair in letters.split(" ")) for code, letters in _LETTERS.items()
}
_VOWELS = "аеёиоуыэюяєії"
_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)*")
# What depends on the letters around it; before the letters by themselves.
_AFTER_VOWEL = rf"(?<=[{_VOWELS}ьъ])"
_START = r"(?<![^\W\d_])"
_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        (r"ин$", "ine"),
        (r"ий$", "i"),
        (r"ый$", "y"),
        (r"г(?=[еёиыэі])", "gu"),
        (rf"(?<=[{_VOWELS}])с(?=[{_VOWELS}])", "ss"),
    ),
    "nl": ((r"ий$", "i"), (r"ый$", "y"), (rf"{_AFTER_VOWEL}е", "je"), (rf"{_START}е", "je")),
    "de": (
        (r"ий$", "i"),
        (r"ый$", "y"),
        (r"(?<=[жчшщ])ё", "o"),
        (rf"(?<=[{_VOWELS}])с(?=[{_VOWELS}])", "ss"),
        (rf"{_AFTER_VOWEL}е", "je"),
        (rf"{_START}е", "je"),
    ),
    "en": ((r"ий$", "y"), (r"ый$", "y"), (rf"{_AFTER_VOWEL}е", "ye"), (rf"{_START}е", "ye")),
}


def romanise(text: str, convention: str) -> str:
    """A text in the letters of a convention; a letter that it has no rule for stays as it is.

    >>> [romanise("Шатунов Афанасий", code) for code in CONVENTIONS]
    ['Chatounov Afanassi', 'Sjatoenov Afanasi', 'Schatunow Afanassi', 'Shatunov Afanasy']
    """
    text = unicodedata.normalize("NFC", text)
    return _WORD.sub(lambda word: _word(word.group(), convention), text)


def _word(word: str, convention: str) -> str:
    small = word.lower()
    done: list[tuple[int, int, str]] = []
    for pattern, latin in _RULES[convention]:
        for found in re.finditer(pattern, small):
            if all(found.end() <= start or found.start() >= end for start, end, _ in done):
                done.append((*found.span(), latin))
    ruled = {start: (end, latin) for start, end, latin in done if end > start}
    parts, at = [], 0
    while at < len(word):
        end, latin = ruled.get(at, (at + 1, _TABLES[convention].get(small[at], word[at])))
        parts.append(latin[:1].upper() + latin[1:] if word[at].isupper() else latin)
        at = end
    whole = "".join(parts)
    return whole.upper() if len(word) > 1 and word.isupper() else whole
