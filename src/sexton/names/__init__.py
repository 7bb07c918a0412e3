"""Names: alphabets, reading a written name, local forms of given names, the channel model.

Names load when they are first used, so that reading names does not load the compiled kernels.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "AlignmentStep": "channel",
    "ChannelModel": "channel",
    "Match": "index",
    "NameComparison": "channel",
    "NameIndex": "index",
    "NameReading": "readings",
    "PartComparison": "whole",
    "PersonName": "readings",
    "WholeComparison": "whole",
    "candidate_probabilities": "probability",
    "canonical_given": "given_names",
    "compare_names": "whole",
    "compare_person_names": "whole",
    "explain_comparison": "explanation",
    "explain_names": "telling",
    "explain_part": "telling",
    "fold": "folding",
    "given_names_equivalent": "given_names",
    "given_of_patronymic": "patronymics",
    "halves": "variants",
    "is_given_name": "given_names",
    "is_patronymic": "patronymics",
    "is_unnamed": "words",
    "load_model": "channel",
    "lookalikes": "folding",
    "pair_probability": "probability",
    "rarity_bits": "background",
    "read_name": "parsing",
    "read_person_name": "persons",
    "script": "folding",
    "transliterate": "transliteration",
    "typed_in_lookalikes": "folding",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
