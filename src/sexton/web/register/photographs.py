"""The files of photographs: taken in, cleaned, and kept by their digest in the register's folder.

Nothing of the file that came in is kept but what is to be seen: it is decoded, turned upright and
written anew, so that neither a place in its EXIF data nor anything hidden in it goes on.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from sexton.messages import N_, Message

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 40_000_000
MOST_PIXELS = 60_000_000
WIDTHS = (480, 960, 1600)
QUALITY, SMALL_QUALITY = 90, 78
NAME = re.compile(r"([0-9a-f]{64})(?:\.jpg|-(\d+)\.webp)\Z")
TYPES = {".jpg": "image/jpeg", ".webp": "image/webp"}


class NotAPhotograph(ValueError):
    """The file cannot be taken in; ``message`` says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph as it is kept: the digest of its file, its size, the files by their names."""

    digest: str
    width: int
    height: int
    files: dict[str, bytes]

    @property
    def name(self) -> str:
        return f"{self.digest}.jpg"


def read(data: bytes) -> Photograph:
    """Decode a file and write it anew. Raises NotAPhotograph for what is none, or is too large."""
    if len(data) > MOST_BYTES:
        raise too_large()
    try:
        # What is in the head is looked at before a single pixel is decoded.
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPhotograph(_too_many(MOST_PIXELS // 1_000_000))
            picture = _upright(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        text = N_("This is no photograph that can be read: give a JPEG, PNG or WebP file.")
        raise NotAPhotograph(Message(text)) from error
    return _written(picture)


def too_large() -> NotAPhotograph:
    most = {"most": MOST_BYTES // 1_000_000}
    return NotAPhotograph(Message(N_("The file is larger than %(most)d megabytes."), most))


def _too_many(most: int) -> Message:
    text = N_("The photograph has more than %(most)d million pixels: make it smaller.")
    return Message(text, {"most": most})


def _upright(opened: Image.Image) -> Image.Image:
    """The picture as it is meant to be seen, in plain colours, on white where it has holes."""
    turned = _in_common_colours(ImageOps.exif_transpose(opened))
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        seen = turned.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return turned.convert("RGB")


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """Colours as every screen understands them; a phone's own look dull without its profile."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        common = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, own, common, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture  # a profile that nobody can read says nothing
    return converted or picture


def _written(picture: Image.Image) -> Photograph:
    # A fresh picture: of the old one's info (EXIF, comments, profiles) nothing goes on.
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    whole = io.BytesIO()
    bare.save(whole, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    digest = hashlib.sha256(whole.getvalue()).hexdigest()
    files = {f"{digest}.jpg": whole.getvalue()}
    for width, actual in widths(bare.width):
        height = max(1, round(bare.height * actual / bare.width))
        small = io.BytesIO()
        bare.resize((actual, height), Image.Resampling.LANCZOS).save(
            small, "WEBP", quality=SMALL_QUALITY, method=4
        )
        files[f"{digest}-{width}.webp"] = small.getvalue()
    return Photograph(digest, bare.width, bare.height, files)


def widths(width: int) -> list[tuple[int, int]]:
    """The widths in which a photograph of this width is kept: as named, and as it is."""
    fitting = [(named, named) for named in WIDTHS if named < width]
    return fitting or [(WIDTHS[0], width)]


def folder() -> Path:
    return Path(settings.HOME) / "photographs"


def keep(photograph: Photograph) -> None:
    """Write the files that are not there yet, each whole or not at all. Raises OSError."""
    for name, data in photograph.files.items():
        path = _path(name)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(partial).replace(path)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise


def find(name: str) -> tuple[Path, str, str] | None:
    """The file of this name, its type, and its photograph's digest; None where there is none."""
    matched = NAME.match(name)
    if matched is None:
        return None
    path = _path(name)
    return (path, TYPES[path.suffix], matched[1]) if path.is_file() else None


def _path(name: str) -> Path:
    return folder() / name[:2] / name
