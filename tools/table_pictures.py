"""Draw docs/images/names-*.svg from the packaged tables; a test fails when they are out of date.

By hand: ``python tools/table_pictures.py``; ``--check`` writes nothing and exits with 1 when a
picture is not what the tables say. Only the standard library draws.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from sexton.names import NameComparison, load_model
from sexton.names.composition import CONVENTIONS, clean_spellings
from sexton.names.tables import read_table

FOLDER = Path(__file__).resolve().parent.parent / "docs/images"

# The card is opaque, so that the ink stays readable on a light and on a dark page.
CARD, INK, FAINT, FRAME = "#ffffff", "#1b1f24", "#57606a", "#d0d7de"
FOR, AGAINST, SUM = "#1f5fa8", "#b3541e", "#3d4752"
DARKEST = (23, 78, 142)

TELLING = ("ж", "ч", "ш", "щ", "х", "ц", "в", "у", "я", "ю", "й", "ы", "г")
LANGUAGES = {
    "de": "German",
    "fr": "French",
    "nl": "Dutch",
    "pl": "Polish",
    "en": "English",
    "sci": "scholarly",
}
# A spelling that no convention uses for one letter in ten is not drawn.
SHOWN = 0.1
EXAMPLE = ("Schatunov", "Шатунов")


def _text(
    x: float,
    y: float,
    text: str,
    size: int = 13,
    anchor: str = "start",
    fill: str = INK,
    **more: str,
) -> str:
    extra = "".join(f" {key.replace('_', '-')}={quoteattr(value)}" for key, value in more.items())
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
        f'fill="{fill}"{extra}>{escape(text)}</text>'
    )


def _box(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}" stroke="{stroke}"/>'
    )


def _grouped(title: str, parts: Iterable[str]) -> str:
    """Parts with a title of their own, which browsers show under the pointer."""
    return f"<g><title>{escape(title)}</title>{''.join(parts)}</g>"


def _picture(size: tuple[int, int], title: str, description: str, parts: Iterable[str]) -> str:
    width, height = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="DejaVu Sans, Verdana, sans-serif" role="img" '
        'aria-labelledby="title desc">'
    )
    card = (
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" '
        f'fill="{CARD}" stroke="{FRAME}"/>'
    )
    lines = [
        head,
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        card,
        _text(24, 34, title, 17, font_weight="bold"),
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


# (a) How each convention spells the telling letters


@dataclass(frozen=True)
class Spelt:
    """A Cyrillic letter and its Latin groups, each with its share by convention."""

    letter: str
    groups: tuple[tuple[str, tuple[float, ...]], ...]


def spelt_letters() -> tuple[Spelt, ...]:
    """The telling letters with all groups that some convention writes often."""
    clean = clean_spellings()
    return tuple(Spelt(letter, tuple(_often(clean[letter]))) for letter in TELLING)


def _often(groups: Mapping[str, Iterable[float]]) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The frequent groups, in the order of the convention that writes each most."""
    often = [(latin, tuple(map(float, v))) for latin, v in groups.items() if max(v) >= SHOWN]
    often.sort(key=lambda item: (item[1].index(max(item[1])), -max(item[1]), item[0]))
    for latin, shares in often:
        yield latin or "–", shares


CELL_WIDTH, CELL_HEIGHT, BLOCK_GAP = 56, 20, 12
LABELS = 112


def _shade(share: float) -> str:
    red, green, blue = (round(255 - (255 - full) * share) for full in DARKEST)
    return f"#{red:02x}{green:02x}{blue:02x}"


def _cell(spelt: Spelt, latin: str, convention: int, share: float, x: float, y: float) -> str:
    percent = round(100 * share)
    told = f"{spelt.letter} = {latin}, {LANGUAGES[CONVENTIONS[convention]]}: {percent} %"
    ink = "#ffffff" if share > 0.45 else INK
    parts = [_box(x, y, CELL_WIDTH, CELL_HEIGHT, _shade(share), FRAME)]
    if percent:
        middle = x + CELL_WIDTH / 2
        parts.append(_text(middle, y + 14.5, str(percent), 12, "middle", ink))
    return _grouped(told, parts)


def _block(spelt: Spelt, x: float, y: float) -> Iterator[str]:
    yield _text(x + 4, y + 19, spelt.letter, 20, font_weight="bold")
    for row, (latin, shares) in enumerate(spelt.groups):
        top = y + row * CELL_HEIGHT
        yield _text(x + LABELS - 10, top + 15, latin, 13, "end")
        for column, share in enumerate(shares):
            yield _cell(spelt, latin, column, share, x + LABELS + column * CELL_WIDTH, top)


def _block_height(spelt: Spelt) -> int:
    return len(spelt.groups) * CELL_HEIGHT + BLOCK_GAP


def _columns(letters: Sequence[Spelt]) -> tuple[list[Spelt], list[Spelt]]:
    """Two columns, cut where they are most nearly of one height."""
    heights = [_block_height(spelt) for spelt in letters]
    cuts = range(1, len(letters))
    cut = min(cuts, key=lambda n: abs(sum(heights[:n]) - sum(heights[n:])))
    return list(letters[:cut]), list(letters[cut:])


def spellings_picture() -> str:
    """The heat map of P(Latin group | Cyrillic letter) by convention."""
    columns = _columns(spelt_letters())
    parts = [
        _text(
            24, 56, "Of a hundred times, so often the letter is written with this group", fill=FAINT
        ),
        _text(
            24,
            74,
            f"(groups below {100 * SHOWN:.0f} under every convention are left out; "
            "– is a letter not written).",
            fill=FAINT,
        ),
    ]
    for number, column in enumerate(columns):
        x, y = 24 + number * (LABELS + 6 * CELL_WIDTH + 32), 112
        for at, convention in enumerate(CONVENTIONS):
            middle = x + LABELS + (at + 0.5) * CELL_WIDTH
            parts.append(_text(middle, y - 8, LANGUAGES[convention], 10, "middle"))
        for spelt in column:
            parts += _block(spelt, x, y)
            y += _block_height(spelt)
    height = 112 + max(sum(map(_block_height, column)) for column in columns) + 12
    width = 48 + 2 * (LABELS + 6 * CELL_WIDTH) + 32
    description = " ".join(map(_told, spelt_letters()))
    title = "How each convention spells the telling letters"
    return _picture((width, height), title, description, parts)


def _told(spelt: Spelt) -> str:
    """The likeliest group under each convention, in words."""
    most = [
        f"{LANGUAGES[name]} {max(spelt.groups, key=lambda group: group[1][at])[0]}"
        for at, name in enumerate(CONVENTIONS)
    ]
    return f"{spelt.letter}: {', '.join(most)}."


# (b) What is heard and read wrongly


@dataclass(frozen=True)
class Confusions:
    """Rows of a reviewed table that share their probability and their reason."""

    probability: float
    why: str
    pairs: tuple[str, ...]


def confusions(table: str, left: str, right: str) -> tuple[Confusions, ...]:
    """The rows of ``table``, joined by reason, most probable first."""
    found: dict[tuple[float, str], list[str]] = {}
    for row in read_table(table):
        pair = f"{row[left]} → {row[right] or '–'}"
        found.setdefault((float(row["probability"]), row["why"]), []).append(pair)
    order = sorted(found, key=lambda key: (-key[0], key[1]))
    return tuple(Confusions(*key, tuple(found[key])) for key in order)


BAR_ROW, BARS_LEFT, BARS_WIDTH, PAIRS_LEFT = 19, 300, 230, 600
MOST_PAIRS = 5


def _few(pairs: Sequence[str]) -> str:
    more = len(pairs) - MOST_PAIRS
    return ",  ".join(pairs[:MOST_PAIRS]) + (f"  and {more} more" if more > 0 else "")


def _bar(row: Confusions, most: float, y: float) -> str:
    width = BARS_WIDTH * row.probability / most
    shown = f"{100 * row.probability:.3g} %"
    parts = [
        _text(BARS_LEFT - 10, y + 14, row.why, 12, "end"),
        _box(BARS_LEFT, y + 3, width, BAR_ROW - 6, FOR),
        _text(BARS_LEFT + width + 6, y + 14, shown, 12),
        _text(PAIRS_LEFT, y + 14, _few(row.pairs), 12),
    ]
    return _grouped(f"{row.why}: {shown}. {', '.join(row.pairs)}", parts)


def bars_picture(title: str, note: str, rows: Sequence[Confusions]) -> str:
    """Sorted bars, one for each reason, with the letters it is about."""
    most = max(row.probability for row in rows)
    parts = [_text(24, 56, note, fill=FAINT)]
    parts += [_bar(row, most, 72 + number * BAR_ROW) for number, row in enumerate(rows)]
    pairs = sum(len(row.pairs) for row in rows)
    first = "; ".join(f"{row.why} {100 * row.probability:.3g} %" for row in rows[:5])
    description = f"{pairs} rows of the table by reason, most probable first: {first}."
    return _picture((1010, 72 + len(rows) * BAR_ROW + 18), title, description, parts)


# (c) One comparison, adding up

COLUMN, UNIT, CHART_TOP = 82, 15, 136


@dataclass(frozen=True)
class Part:
    """A column of the sum: what is above it, and from which bits to which it goes."""

    upper: str
    lower: str
    start: float
    end: float

    @property
    def bits(self) -> float:
        """What the part adds."""
        return self.end - self.start


def parts_of(comparison: NameComparison) -> tuple[Part, ...]:
    """The steps, then what the rarity of the spelling gives, then the sum."""
    parts: list[Part] = []
    total = 0.0
    labels = [(step.left or "–", step.right or "–", step.bits) for step in comparison.steps]
    for upper, lower, bits in (*labels, ("rarity", "", comparison.commonness)):
        parts.append(Part(upper, lower, total, total + bits))
        total += bits
    return (*parts, Part("sum", "", 0.0, total))


def _signed(bits: float) -> str:
    return f"{bits:+.1f}".replace("-", "−")


def _column(part: Part, x: float, zero: float) -> str:
    top, foot = zero - UNIT * max(part.start, part.end), zero - UNIT * min(part.start, part.end)
    fill = SUM if part.upper == "sum" else FOR if part.bits >= 0 else AGAINST
    middle = x + COLUMN / 2
    shapes = [
        _text(middle, 84, part.upper, 18, "middle", font_weight="bold"),
        _text(middle, 110, part.lower, 18, "middle"),
        _box(x + 14, top, COLUMN - 28, max(foot - top, 1.5), fill),
    ]
    label = foot + 16 if part.bits < 0 else top - 6
    shapes.append(_text(middle, label, _signed(part.bits), 13, "middle"))
    told = f"{part.upper} = {part.lower}" if part.lower else part.upper
    return _grouped(f"{told}: {_signed(part.bits)} bits", shapes)


def _axis(lowest: int, highest: int, zero: float, width: float) -> Iterator[str]:
    for bits in range(lowest, highest + 1, 4):
        y = zero - UNIT * bits
        colour = FAINT if bits == 0 else FRAME
        yield f'<path d="M70 {y:.1f}H{width - 20:.1f}" stroke="{colour}"/>'
        yield _text(62, y + 4, str(bits).replace("-", "−"), 12, "end", FAINT)


def alignment_picture() -> str:
    """The comparison of the example: groups of letters, their bits, and how they add up."""
    comparison = load_model().compare(*EXAMPLE)
    parts = parts_of(comparison)
    ends = [bits for part in parts for bits in (part.start, part.end)]
    highest, lowest = (int(max(ends)) // 4 + 1) * 4, int(min(ends)) // 4 * 4
    zero = CHART_TOP + UNIT * highest
    width = 76 + COLUMN * len(parts) + 20
    title = f"{EXAMPLE[0]} and {EXAMPLE[1]}: {comparison.bits:.1f} bits for one name"
    note = (
        f"Likeliest convention: {LANGUAGES[comparison.convention]}. "
        "An improbable step costs bits; a spelling that is rare by itself gives them."
    )
    shapes = [_text(24, 56, note, fill=FAINT), *_axis(lowest, highest, zero, width)]
    shapes += [_column(part, 76 + COLUMN * at, zero) for at, part in enumerate(parts)]
    told = [f"{part.upper} {part.lower}".strip() + f" {_signed(part.bits)}" for part in parts]
    size = (width, round(zero - UNIT * lowest) + 30)
    return _picture(size, title, f"Bits of each step: {', '.join(told)}.", shapes)


def pictures() -> dict[str, str]:
    """Every picture as it should be, by its file name."""
    judged = "Judged, not estimated; rows of one reason and one probability share a bar."
    hearing = confusions("hearing.tsv", "chunk", "heard")
    reading = confusions("reading.tsv", "written", "read")
    return {
        "names-spellings.svg": spellings_picture(),
        "names-hearing.svg": bars_picture("What a foreign ear takes for what", judged, hearing),
        "names-reading.svg": bars_picture(
            "What is misread in handwriting",
            f"{judged} ^ is the start of a name, $ its end.",
            reading,
        ),
        "names-alignment.svg": alignment_picture(),
    }


def stale(folder: Path = FOLDER) -> list[str]:
    """The names of the pictures in ``folder`` that are missing or not what the tables say."""
    return [
        name
        for name, text in pictures().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the pictures, or with ``--check`` say which are out of date; the exit code."""
    if list(arguments) == ["--check"]:
        old = stale()
        print("out of date: " + ", ".join(old) if old else "all pictures are current")
        return int(bool(old))
    if arguments:
        print("usage: table_pictures.py [--check]", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pictures().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
