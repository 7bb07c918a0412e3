"""In which encoding a text file is written, and its lines, none longer than a limit.

UTF-8 (with or without mark) and UTF-16 are recognised by their structure. Anything else is one
of the single-byte encodings in which card indexes were typed; charset-normalizer weighs those.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sexton.messages import N_, Message
from sexton.records.source import unreadable

CHUNK = 1 << 20
SAMPLE = 1 << 16
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEGACY = ("cp1252", "cp1250", "cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")

# A byte that does not decode becomes this lone surrogate, which no valid text contains.
UNDECODABLE = "\udcff"
SURROGATE = re.compile("[\ud800-\udfff]")

# What a wrong single-byte encoding makes of text: symbols, scripts mixed in a word, capitals after
# small letters, runs of accented letters, letters of Serbian and Macedonian only.
_LATIN, _CYRILLIC = "A-Za-zÀ-ÖØ-öø-ɏ", "Ѐ-ԯ"
_ODD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[^\x00-\x7f{_LATIN}{_CYRILLIC}\xa0«»“”„‘’‚–—…№°´]",
        rf"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]",
        "[a-zß-öø-ÿа-џ][À-ÖØ-ÞЀ-Я]",
        "[À-ÖØ-öø-ɏ]{3}",
        "[ЂЃЅЈЉЊЋЌЏђѓѕјљњћќџ]",
    )
)

_COMMON = re.compile("[оеаинтсрвлкéèêëàâïîôçäöü]")
_ASCII = re.compile(rb"[\x00-\x7f]")

codecs.register_error("sexton.mark", lambda error: (UNDECODABLE, error.end))  # type: ignore[attr-defined]


def is_unwritten(text: str) -> bool:
    """Whether text has characters that no one wrote: zero bytes, or bytes that do not decode."""
    return "\0" in text or not (text.isascii() or SURROGATE.search(text) is None)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name, and whether all of the file decodes with it."""

    name: str
    clean: bool


def find_encoding(path: Path, declared: str | None = None) -> Encoding:
    """The encoding of ``path``; a declared one is checked. Raises UnreadableFile if it is wrong."""
    if declared is not None:
        return _checked(path, declared)
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    name = _by_structure(head) or "utf-8"
    bad, good = _undecodable(path, name)
    if not bad:
        return Encoding(name, True)
    # A damaged UTF-8 file still has far more whole letters than broken ones.
    if name != "utf-8" or good > 4 * bad:
        return Encoding(name, False)
    name = _legacy(path)
    return Encoding(name, not _undecodable(path, name)[0])


def _by_structure(head: bytes) -> str | None:
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    # Without a mark UTF-16 shows by the zero bytes of its spaces, digits and separators.
    zeros_odd, zeros_even = head[1::2].count(0), head[0::2].count(0)
    if max(zeros_odd, zeros_even) > len(head) // 20 and min(zeros_odd, zeros_even) == 0:
        return "utf-16-le" if zeros_odd else "utf-16-be"
    return None


def _undecodable(path: Path, name: str) -> tuple[int, int]:
    """How many sequences of the file do not decode, and how many letters beyond ASCII do.

    The count stops in the first chunk with a fault: that is enough to judge by.
    """
    decoder = codecs.getincrementaldecoder(name)("sexton.mark")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            bad = text.count(UNDECODABLE)
            if bad:
                return bad, sum(1 for c in text if c > "\x7f") - bad
    return decoder.decode(b"", True).count(UNDECODABLE), 0


def _legacy(path: Path) -> str:
    """The encoding under which the text looks least odd, then most like common letters.

    Where all look odd the text is in none of ours, and charset-normalizer is asked.
    """
    sample = _beyond_ascii(path)
    texts = {name: sample.decode(name, "sexton.mark") for name in LEGACY}
    best = min(LEGACY, key=lambda name: (_oddity(texts[name]), -_commonness(texts[name])))
    if _oddity(texts[best]) * 10 < len(sample) - len(_ASCII.findall(sample)):
        return best
    from charset_normalizer import from_bytes

    likely = from_bytes(sample).best()
    return likely.encoding if likely is not None else best


def _commonness(text: str) -> int:
    """How many letters are among the commonest of Cyrillic or accented Latin text."""
    return len(_COMMON.findall(text.lower()))


def _oddity(text: str) -> int:
    """How many signs there are that these bytes are not written in this encoding."""
    return sum(len(pattern.findall(text)) for pattern in _ODD)


def _beyond_ascii(path: Path) -> bytes:
    """Lines that are not plain ASCII, up to a sample's size: only they tell encodings apart."""
    sample: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        while size < SAMPLE and (line := file.readline(CHUNK)):
            if not line.isascii():
                sample.append(line[:SAMPLE])
                size += len(sample[-1])
    return b"".join(sample)[:SAMPLE]


def _checked(path: Path, declared: str) -> Encoding:
    name = _text_encoding(path, declared)
    found = find_encoding(path)
    # Almost any bytes decode as UTF-16, or as a single-byte encoding; structure knows better.
    wide = name.startswith(("utf-16", "utf-32")) != found.name.startswith(("utf-16", "utf-32"))
    narrow = found.clean and found.name.startswith("utf") and not name.startswith(("utf", "ascii"))
    bad, good = (1, 0) if wide else _undecodable(path, name)
    if bad * 4 > good or narrow:
        raise unreadable(
            path,
            Message(
                N_("The file is said to be in %(declared)s, but is not; it looks like %(found)s."),
                {"declared": declared, "found": found.name},
            ),
            Message(N_("Correct the encoding in the mapping profile, or leave it out.")),
        )
    return Encoding(name, not bad)


def _text_encoding(path: Path, declared: str) -> str:
    with suppress(LookupError):
        "".encode(declared)  # what is no text encoding, such as hex, is refused here too
        return codecs.lookup(declared).name
    raise unreadable(
        path,
        Message(N_("No encoding is called “%(declared)s”."), {"declared": declared}),
        Message(N_("Name one such as utf-8, utf-16, cp1251, koi8-r or cp1252, or none.")),
    )


def lines(path: Path, encoding: Encoding, limit: int) -> Iterator[str]:
    """The lines of a text file with their own endings; one over ``limit`` is cut to limit + 1.

    The rest of a line that is too long is read past in pieces, so it costs no memory.
    """
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding.name, errors="sexton.mark", newline="")
        readline = text.readline
        while line := readline(limit + 1):
            yield line
            if len(line) > limit:
                while line and line[-1] not in "\r\n":
                    line = readline(CHUNK)
