"""Let abydos 0.5 (2020) load beside numpy 2 and Python 3.11, by the names that they dropped."""

from __future__ import annotations

import collections
import collections.abc

import numpy as np

for _name, _value in {"NINF": -np.inf, "float": float, "int": int, "bool": bool}.items():
    if _name not in vars(np):
        setattr(np, _name, _value)
for _name in ("Iterable", "Mapping", "Sequence", "Callable"):
    setattr(collections, _name, getattr(collections.abc, _name))

from abydos.distance import Editex  # noqa: E402
from abydos.phonetic import (  # noqa: E402
    BeiderMorse,
    Caverphone,
    DaitchMokotoff,
    DoubleMetaphone,
    FuzzySoundex,
    Koelner,
    Phonex,
    Phonix,
    RefinedSoundex,
)

__all__ = [
    "BeiderMorse",
    "Caverphone",
    "DaitchMokotoff",
    "DoubleMetaphone",
    "Editex",
    "FuzzySoundex",
    "Koelner",
    "Phonex",
    "Phonix",
    "RefinedSoundex",
]
