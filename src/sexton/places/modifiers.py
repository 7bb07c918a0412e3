"""Words that tell one of several places of a name: Верхняя, Малая, Старая; Great, Upper.

Thousands of villages bear them: two names that share but such a word have nothing in common.
"""

from __future__ import annotations

from functools import cache, lru_cache

from sexton.places.folding import key, sounds

_WORDS = (
    "Верхний Верхняя Нижний Нижняя Средний Средняя Дальний Дальняя Ближний Ближняя Новый Новая "
    "Старый Старая Большой Большая Малый Малая Великий Великая Первый Первая Второй Вторая "
    "Нова Стара Велика Мала Верхня Нижня Середня"
)


@cache
def _keys() -> dict[str, str]:
    """What the modifiers sound like without their vowels, and which each is."""
    return {key(sound): key(sounds(word)[0]) for word in _WORDS.split() for sound in sounds(word)}


@lru_cache(maxsize=200_000)
def without_modifier(name: str) -> tuple[str, str]:
    """The modifier before a name, as a key ("" for none), and the name without it; a word before
    what does not sound ("Новая 15") is the name itself.

    >>> without_modifier("Нижняя Лисянка")[1], without_modifier("Лисянка")
    ('Лисянка', ('', 'Лисянка'))
    """
    first, _, rest = name.strip().partition(" ")
    if not rest:
        return "", name
    known = _keys()
    found = next(filter(None, (known.get(key(sound)) for sound in sounds(first))), "")
    return (found, rest.strip()) if found and sounds(rest) else ("", name)
