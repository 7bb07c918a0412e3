"""Whether an initial can be that of a name written in the other alphabet.

The letters are those with which the conventions of ``tables/`` begin a word (German Sch- and
French Ch- for Ш-, Dutch Tj-, English Kh-), and Th- of Théodore for Ф-.
"""

from __future__ import annotations

from functools import lru_cache

from sexton.names.folding import fold

_FIRST_LATIN = {
    "а": "a", "б": "b", "в": "vw", "г": "gh", "ґ": "g", "д": "d", "е": "ejyi", "ё": "ejyoi",
    "ж": "jzsg", "з": "zs", "и": "iyj", "й": "iyj", "і": "iyj", "ї": "iyj", "к": "kcq", "л": "l",
    "м": "m", "н": "n", "о": "oa", "п": "p", "р": "r", "с": "sc", "т": "t", "у": "uow", "ў": "uw",
    "ф": "fpt", "х": "khcg", "ц": "tcz", "ч": "tc", "ш": "sc", "щ": "sc", "ы": "yi", "э": "e",
    "є": "ejyi", "ю": "yjiu", "я": "yji",
}  # fmt: skip


def _letters(letter: str) -> str:
    return _FIRST_LATIN.get(letter, letter)


@lru_cache(maxsize=100_000)
def same_initial(a: str, b: str) -> bool:
    """Whether names (or initials) ``a`` and ``b`` can begin with one letter, in any two scripts.

    >>> same_initial("Tj.", "Фёдор"), same_initial("Sch.", "Шатунов")
    (True, True)
    """
    left, right = fold(a)[:1], fold(b)[:1]
    if not left or not right:
        return False
    if (left in _FIRST_LATIN) == (right in _FIRST_LATIN):
        return left == right
    return bool(set(_letters(left)) & set(_letters(right)))
