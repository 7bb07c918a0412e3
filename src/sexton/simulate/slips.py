"""One slip of a typist or clerk in a Cyrillic name, and Ukrainian forms of given names.

For men with several documents, and for archives typed from handwriting. Hand-written rules
(judged); `sexton.names` is not read.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Letters that typists and clerks take for each other: by sound, then by hand.
_CONFUSED = {
    "о": "ае", "а": "ояе", "е": "иэя", "и": "еыйн", "ы": "и", "я": "еа", "ю": "у", "у": "юц",
    "б": "пв", "п": "бнт", "в": "фби", "ф": "в", "г": "кхт", "к": "гхн", "х": "гк", "д": "тл",
    "т": "дмп", "з": "сэ", "с": "зе", "ж": "шз", "ш": "щжт", "щ": "ш", "ч": "щг", "ц": "чу",
    "н": "ип", "л": "мнд", "м": "лт", "р": "п", "ь": "ъ", "й": "и", "э": "е", "ъ": "ь",
}  # fmt: skip
_UKRAINIAN = {
    "Александр": "Олександр", "Алексей": "Олексий", "Андрей": "Андрий", "Афанасий": "Опанас",
    "Василий": "Василь", "Гавриил": "Гаврило", "Григорий": "Грыгорий", "Даниил": "Данило",
    "Дмитрий": "Дмитро", "Евгений": "Евген", "Елисей": "Олисий", "Емельян": "Омелян",
    "Ефим": "Юхим", "Иван": "Иван", "Игнат": "Гнат", "Илья": "Илля", "Иосиф": "Йосип",
    "Кирилл": "Кирило", "Михаил": "Михайло", "Никита": "Микита", "Николай": "Микола",
    "Павел": "Павло", "Петр": "Петро", "Пётр": "Петро", "Сергей": "Сергий", "Степан": "Стефан",
    "Тимофей": "Тимиш", "Федор": "Федир", "Фёдор": "Федир", "Филипп": "Пилип",
}  # fmt: skip
_VOWELS = "аеёиоуыэюя"
LOST, DOUBLED_OR_SINGLE, MOVED = 0.20, 0.15, 0.05


def slip(name: str, kind: float, at: float, which: float) -> str:
    """``name`` with one slip; ``kind``, ``at`` and ``which`` in 0..1 say which. First letters stay.

    A letter lost, doubled (or one of a double letter left out), exchanged with its neighbour, or
    else taken for another. A name of one or two letters stays as it is.
    """
    if len(name) < 3:
        return name
    place = 1 + int(at * (len(name) - 1))
    if kind < LOST:
        return name[:place] + name[place + 1 :]
    if kind < LOST + DOUBLED_OR_SINGLE:
        return _doubled_or_single(name, place)
    if kind < LOST + DOUBLED_OR_SINGLE + MOVED and place + 1 < len(name):
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    choices = _CONFUSED.get(name[place], "")
    if not choices:
        return name[:place] + name[place + 1 :]
    return name[:place] + choices[int(which * len(choices))] + name[place + 1 :]


def _doubled_or_single(name: str, place: int) -> str:
    for i in range(1, len(name)):
        if name[i] == name[i - 1]:
            return name[:i] + name[i + 1 :]
    while name[place] in _VOWELS and place > 1:
        place -= 1
    return name[:place] + name[place] + name[place:]


def ukrainian_form(given: str) -> str:
    """The given name as a Ukrainian clerk writes it in Russian letters; itself when it has none."""
    return _UKRAINIAN.get(given, given)


def slips(names: list[str], random: np.random.Generator) -> list[str]:
    """One slip in each of ``names``."""
    draws: NDArray[np.float64] = random.random((len(names), 3))
    return [slip(name, *draw) for name, draw in zip(names, draws.tolist(), strict=True)]
