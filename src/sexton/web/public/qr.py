"""A QR code of an address, as a picture that a phone reads from paper and from a dark screen."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno

# Half of the damage that a wet sheet at a grave takes is mended; a larger code is harder to see.
MENDS = "m"
QUIET = 4  # modules of white around it, which readers want


@lru_cache(512)
def svg(address: str) -> bytes:
    """The code as SVG without a size of its own: the page says how large it is."""
    out = BytesIO()
    code = segno.make(address, error=MENDS, micro=False)
    options = {"xmldecl": False, "omitsize": True, "svgclass": None, "lineclass": None}
    code.save(out, kind="svg", border=QUIET, dark="#000", light="#fff", **options)
    return out.getvalue()
