"""Splitting a written place into parts: which word says village, which province.

Layouts of the lists: "Prov. de Kursk, Streletsk", "S. Karmolino reg. Stchelkowo prov. Moskou" (the
word stands before its name), "Щелковский р-н, Московской обл.", "Rostov region" (it stands behind),
"Prov. de Tambov Novo-Urevo" (nothing shows where the province ends, but a table knows it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from sexton.places.gazetteer import load_gazetteer
from sexton.places.model import PlacePart
from sexton.places.units import all_units, find_unit, read_table

# A written place longer than this is no place; only so much of it is split.
LONGEST = 500

_SEPARATORS = re.compile(
    r"[,;:()\[\]{}/|\n\t]|\s[-–—]+\s|\s(?:en|in|dans|im|близ|near|près de|bei|bij)\s", re.IGNORECASE
)
_SLASHED = (
    (re.compile(r"\bс/с\b", re.I), "сельсовет"),
    (re.compile(r"\bр[/-]на?\b\.?", re.I), "район"),
)
_HOUSE_NUMBER = re.compile(r"^(?:n[°o]\.?\s*)?\d+\s?\w?$", re.I)
_RURAL_COUNCIL = re.compile(r"\bconseil rural\b|\brural council\b", re.I)
_ARTICLE = re.compile(r"^(?:d|l|s|t)['’]", re.I)
_PARTICLES = frozenset(
    "de|du|des|la|le|les|van|von|der|den|het|of|the|in|en|à|au|aux|im|из|в|во|near".split("|")  # noqa: SIM905
)
_ONLY_WITH_STOP = frozenset("сsдгрн")


@cache
def _words() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in read_table("words.tsv")}


@cache
def _fillers() -> frozenset[str]:
    text = files("sexton.places").joinpath("tables", "fillers.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _kind_of(token: str) -> str:
    """The kind that a token says, or ""."""
    word = token.rstrip(".").lower()
    if len(word) == 1 and not (word in _ONLY_WITH_STOP and token.endswith(".")):
        return ""
    return _words().get(word, "")


def _tokens(chunk: str) -> list[str]:
    """The words of a chunk, without articles before names and without words of doubt."""
    spaced = re.sub(r"(?<=[^\W\d_])\.(?=[^\W\d_]{2})", ". ", chunk)
    found = []
    for token in spaced.split():
        bare = _ARTICLE.sub("", token).strip('"“”«»?!*')
        if bare and bare.rstrip(".").lower() not in _fillers():
            found.append(bare)
    return found


def _join(tokens: list[str]) -> str:
    """The tokens as a name, without particles at its ends ("de Kursk" is "Kursk")."""
    while tokens and tokens[0].lower() in _PARTICLES:
        tokens = tokens[1:]
    while tokens and tokens[-1].lower() in _PARTICLES:
        tokens = tokens[:-1]
    return " ".join(tokens).strip(" .-–'’")


def _named_unit(text: str, kind: str) -> PlacePart | None:
    """The part when ``text`` is a province or republic by name; an autonomous one is a province."""
    first, second = ("republic", "province") if kind != "province" else ("province", "republic")
    for fuzzy in (False, True):
        for level in (first, second):
            unit, _ = find_unit(text, level, fuzzy)
            if unit:
                return _unit_part(text, unit)
    return None


def _unit_part(text: str, unit: str) -> PlacePart:
    found = all_units()[unit]
    kind = found.kind if found.kind in ("country", "republic") else "province"
    return PlacePart(text, kind, unit)


def _province_and_rest(tokens: list[str], kind: str) -> Iterator[PlacePart]:
    """A province and, where the table knows where its name ends, what was written behind it."""
    for count in range(min(len(tokens), 3), 0, -1):
        part = _named_unit(_join(tokens[:count]), kind)
        if part is not None:
            yield part
            yield from _named("unknown", tokens[count:])
            return
    text = _join(tokens)
    if text:
        yield PlacePart(text, kind)


def _named(kind: str, tokens: list[str]) -> Iterator[PlacePart]:
    """The parts of one kind's words."""
    text = _join(tokens)
    if not text:
        return
    if kind in ("province", "republic"):
        yield from _province_and_rest(tokens, kind)
    elif kind == "unknown":
        yield _bare(text)
    else:
        yield PlacePart(text, kind)


def _bare(text: str) -> PlacePart:
    """A name without a word for its kind: a republic or region by its own name, else unknown."""
    if _HOUSE_NUMBER.match(text):
        return PlacePart(text, "street")
    unit, _ = find_unit(text, "republic")
    if not unit:
        unit, _ = find_unit(text, "province")
        if unit and not _is_region_name(text, unit):
            unit = ""
    return _unit_part(text, unit) if unit else PlacePart(text, "unknown")


def _is_region_name(text: str, unit: str) -> bool:
    """Whether the name is a land's (Mordovie), not that of its chief town (Moscou)."""
    if all_units()[unit].kind == "historical":
        return True
    return not any(likeness >= 0.96 for _, likeness in load_gazetteer("ussr").lookup(text))


def _chunk_parts(tokens: list[str]) -> Iterator[PlacePart]:
    """The parts of one chunk: words of kind before their names, or behind when one ends it."""
    kinds = [_kind_of(token) for token in tokens]
    if kinds and kinds[-1] and len(tokens) > 1:
        yield from _parts_before_kinds(tokens, kinds)
        return
    pending: list[str] = []
    kind = "unknown"
    for token, said in zip(tokens, kinds, strict=True):
        if not said:
            pending.append(token)
            continue
        yield from _named(kind, pending)
        pending, kind = [], said
    yield from _named(kind, pending)


def _parts_before_kinds(tokens: list[str], kinds: list[str]) -> Iterator[PlacePart]:
    """The parts of a chunk whose words of kind stand behind: "Щелковский р-н Московской обл.", but
    for one that opens it: "с. Ермолаево Башкирской АССР"."""
    pending: list[str] = []
    opened = ""
    for token, said in zip(tokens, kinds, strict=True):
        if not said:
            pending.append(token)
            continue
        if opened and len(pending) > 1:
            # What the word behind is about is the one word before it: most provinces have one.
            yield from _named(opened, pending[:-1])
            pending = pending[-1:]
        yield from _named(said, pending)
        opened = "" if pending else said
        pending = []


def split_place(written: str) -> tuple[PlacePart, ...]:
    """The parts of a written place in their order; () when it holds no name.

    Words that only say how sure the clerk was are left out here and stay in the written text.
    """
    text = written[:LONGEST]
    if "rural" in text.lower():
        text = _RURAL_COUNCIL.sub("сельсовет", text)
    if "/" in text or "-" in text:
        for pattern, word in _SLASHED:
            text = pattern.sub(word, text)
    parts: list[PlacePart] = []
    for chunk in _SEPARATORS.split(text):
        found = _parts_of(chunk)
        if parts and parts[-1].kind == "street" and found and found[0].kind == "street":
            parts[-1] = PlacePart(f"{parts[-1].text} {found[0].text}", "street")
            found = found[1:]
        parts.extend(found)
    return tuple(dict.fromkeys(parts)) if len(parts) > 1 else tuple(parts)


@lru_cache(maxsize=1 << 17)
def _parts_of(chunk: str) -> tuple[PlacePart, ...]:
    """The parts of one chunk; archives write the same provinces and villages again and again."""
    return tuple(_chunk_parts(_tokens(chunk)))
