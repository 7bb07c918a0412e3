"""Data packs: the register of a country with its profile, shipped beside the code."""

from __future__ import annotations

import re
from pathlib import Path

_INSTALLED = Path(__file__).parents[1] / "packs"
_CHECKOUT = Path(__file__).parents[3] / "data"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def pack_path(name: str) -> Path:
    """The folder of the data pack ``name``, installed or in a checkout.

    Raises LookupError when no such pack is shipped.
    """
    if _NAME.fullmatch(name):
        for folder in (_INSTALLED / name, _CHECKOUT / name):
            if (folder / "profile.toml").is_file():
                return folder
    raise LookupError(f"There is no data pack “{name}”; there are: {', '.join(pack_names())}.")


def pack_names() -> list[str]:
    """The names of all data packs that are shipped."""
    found = [*_INSTALLED.glob("*/profile.toml"), *_CHECKOUT.glob("*/profile.toml")]
    return sorted({path.parent.name for path in found})


def profiles() -> dict[str, Path]:
    """The shipped mapping profiles by name: a pack's own, and ``pack-table`` for its others."""
    found = {}
    for pack in pack_names():
        for path in sorted(pack_path(pack).glob("profile*.toml")):
            found[pack + path.stem.removeprefix("profile")] = path
    return found
