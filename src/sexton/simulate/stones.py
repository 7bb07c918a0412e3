"""What stands on a simulated grave: names, dates, places and numbers after their channels.

A clerk of one country wrote the name; it was misheard, misread or miscopied (`garbles`), put into
the local language, cut short or into the wrong field. The rules are independent of Sexton's own
model of names, which they measure. Every row says that it is simulated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from sexton.simulate import garbles
from sexton.simulate.clerks import drawn_hand, write
from sexton.simulate.rates import Garbling, GraveShares
from sexton.simulate.tables import read_table

GRAVE_COLUMNS = (
    "id",
    "name",
    "surname",
    "given",
    "patronymic",
    "sex",
    "birth_date",
    "birth_place",
    "death_date",
    "death_place",
    "burial_place",
    "prisoner_number",
    "camp",
    "rank",
    "role",
    "source",
    "language",
    "remarks",
)
GRAVE_SOURCE = "simulated: grave list"
GRAVE_REMARK = "simulated grave; no such man lies there"
LANGUAGES = {"German": "de", "French": "fr", "Dutch": "nl", "Polish": "pl"}
# How one fault came about (judged: hearing most often, then handwriting, then copying).
_FAULTS: tuple[tuple[Callable[[str, Random, str], str], float], ...] = (
    (garbles.heard, 0.34),
    (garbles.misread, 0.22),
    (garbles.misread_capital, 0.06),
    (garbles.lost_letter, 0.10),
    (garbles.doubled_or_added_letter, 0.07),
    (garbles.moved_letter, 0.03),
    (garbles.lost_syllable, 0.04),
    (garbles.second_spelling, 0.09),
    (garbles.other_ending, 0.05),
)
_RANKS = {
    "красноармеец": {"German": "Soldat", "French": "soldat", "Dutch": "soldaat",
                     "Polish": "szeregowy"},
    "мл. сержант": {"German": "Unteroffizier", "French": "caporal", "Dutch": "korporaal",
                    "Polish": "kapral"},
    "сержант": {"German": "Sergeant", "French": "sergent", "Dutch": "sergeant",
                "Polish": "sierżant"},
    "ст. сержант": {"German": "Obersergeant", "French": "sergent-chef", "Dutch": "sergeant-majoor",
                    "Polish": "starszy sierżant"},
    "лейтенант": {"German": "Leutnant", "French": "lieutenant", "Dutch": "luitenant",
                  "Polish": "porucznik"},
}  # fmt: skip
_MONTHS = {
    "German": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
    "Dutch": "januari februari maart april mei juni juli augustus september oktober november "
    "december",
    "Polish": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
}
_AGES = {"German": "{} Jahre", "French": "{} ans", "Dutch": "{} jaar", "Polish": "{} lat"}
_COUNTRIES = {"German": "Russland", "French": "Russie", "Dutch": "Rusland", "Polish": "Rosja"}
_REGIONS = {"German": "Gebiet", "French": "région", "Dutch": "gebied", "Polish": "obwód"}
# Digits that stone and hand make alike.
_DIGITS = {"1": "74", "7": "1", "3": "8", "8": "36", "6": "80", "0": "69", "9": "40", "4": "91",
           "5": "36", "2": "73"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dead:
    """A man as he was, for his stone: Russian names, true days, settlement and province of birth.

    ``numbers`` are (camp row, number) in the order in which he got them; ``hand`` is the country
    whose clerks keep the cemetery; ``place`` where he lies, ``works`` the mine ("" when unknown).
    """

    surname: str
    given: str
    patronymic: str
    sex: str
    birth: date
    death: date
    settlement: str
    province: str
    numbers: tuple[tuple[int, int], ...]
    rank: str
    hand: str
    place: str
    works: str


@dataclass(frozen=True, slots=True)
class Habits:
    """What all stones of a cemetery share: the clerks' country, and how names and dates stand."""

    hand: str
    given_first: bool
    capitals: bool
    months_in_words: bool


def habits(hand: str, shares: GraveShares, random: Random) -> Habits:
    """The habits of one cemetery."""
    return Habits(
        hand,
        random.random() < shares.given_first,
        random.random() < shares.capitals,
        random.random() < 0.3,
    )


def engraved(man: Dead, ways: Habits, shares: GraveShares, random: Random) -> dict[str, str]:
    """The named grave of ``man`` as a row of a person list, without its id."""
    writer = ways.hand if random.random() >= shares.other_hand else drawn_hand(random)
    surname, given, patronymic = _names(man, writer, shares, random)
    number, camp = _number(man, shares, random)
    order = (given, patronymic, surname) if ways.given_first else (surname, given, patronymic)
    name = " ".join(part for part in order if part)
    works = man.works or man.place
    return {
        **unnamed(man, ways, shares, random),
        "name": name.upper() if ways.capitals else name,
        "surname": surname,
        "given": given,
        "patronymic": patronymic,
        "sex": man.sex,
        "birth_date": _birth(man, ways, shares, random),
        "birth_place": _birth_place(man, writer, shares, random),
        "death_date": _death(man, ways, shares.death_date, shares, random),
        "death_place": works if random.random() < shares.death_place else "",
        "prisoner_number": number,
        "camp": camp,
        "rank": _RANKS[man.rank][ways.hand] if random.random() < shares.rank else "",
    }


def unnamed(man: Dead, ways: Habits, shares: GraveShares, random: Random) -> dict[str, str]:
    """The grave of a man whose name was lost: only where he lies and when he died."""
    return dict.fromkeys(GRAVE_COLUMNS, "") | {
        "death_date": _death(man, ways, shares.unnamed_death_date, shares, random),
        "burial_place": man.place,
        "role": "pow",
        "source": GRAVE_SOURCE,
        "language": LANGUAGES[ways.hand],
        "remarks": GRAVE_REMARK,
    }


def plate(man: Dead, shares: GraveShares, random: Random) -> dict[str, str]:
    """What the identity tag of a man without a name tells, where it was found: seldom anything."""
    if not man.numbers or random.random() >= shares.unnamed_number:
        return {}
    camp, number = man.numbers[0]
    return {"prisoner_number": str(number), "camp": _camp(camp, random)}


def _names(man: Dead, hand: str, shares: GraveShares, random: Random) -> tuple[str, str, str]:
    surname = garbled(man.surname, hand, shares.garbling, random)
    if random.random() < shares.look_alikes and set(man.surname.lower()) <= set(garbles.LOOKALIKES):
        surname = garbles.look_alikes(man.surname.lower(), random)
    given = _given(man, hand, shares, random)
    patronymic = ""
    if man.patronymic and random.random() < shares.patronymic:
        patronymic = _less_garbled(man.patronymic, hand, shares.garbling, random)
    drawn = random.random()
    if drawn < shares.fields_swapped:
        return given or surname, surname if given else "", patronymic
    if drawn < shares.fields_swapped + shares.patronymic_misplaced and man.patronymic:
        father = patronymic or _less_garbled(man.patronymic, hand, shares.garbling, random)
        return (surname, father, "") if random.random() < 0.6 else (father, given, "")
    return surname, given, patronymic


def _given(man: Dead, hand: str, shares: GraveShares, random: Random) -> str:
    drawn = random.random()
    if drawn < shares.given_missing:
        return ""
    local = _local_names().get(man.given, {}).get(hand)
    if local and random.random() < shares.localised:
        given = local
    else:
        given = _less_garbled(man.given, hand, shares.garbling, random)
    return given[:1] + "." if drawn < shares.given_missing + shares.given_initial else given


@cache
def _local_names() -> dict[str, dict[str, str]]:
    return {row["russian"]: row for row in read_table("localised_names")}


def garbled(name: str, hand: str, garbling: Garbling, random: Random, part: float = 1.0) -> str:
    """A Russian name as it stands on a grave, in Latin letters; ``part`` scales the faults."""
    small, drawn = name.lower(), random.random()
    if drawn < garbling.four * part:
        written = garbles.wrecked(small, random, hand)
    elif drawn < (garbling.four + garbling.two) * part:
        written = garbles.two_channels(small, random, hand)
    elif drawn < (garbling.four + garbling.two + garbling.one) * part:
        fault = random.choices([f for f, _ in _FAULTS], [share for _, share in _FAULTS])[0]
        written = fault(small, random, hand)
    else:
        written = write(small, hand, random)
    return "-".join(part_[:1].upper() + part_[1:] for part_ in written.split("-"))


def _less_garbled(name: str, hand: str, garbling: Garbling, random: Random) -> str:
    return garbled(name, hand, garbling, random, garbling.given)


def _birth(man: Dead, ways: Habits, shares: GraveShares, random: Random) -> str:
    if random.random() >= shares.birth_date:
        return ""
    drawn = random.random()
    if drawn < shares.age_instead:
        age = man.death.year - man.birth.year
        age -= (man.death.month, man.death.day) < (man.birth.month, man.birth.day)
        return _AGES[ways.hand].format(age)
    slipped = random.random() < shares.birth_slip
    born = _slipped(man.birth, random) if slipped else man.birth
    if drawn < shares.age_instead + shares.birth_year_only:
        return str(born.year)
    return _date(born, ways)


def _slipped(day: date, random: Random) -> date:
    """Day and month exchanged, one digit of day or year taken for another, or a day or two off."""
    kind = random.random()
    if kind < 0.6:
        return _day_slipped(day, random)
    if kind < 0.85:
        return _safe(day.year + random.choice((-1, 1)), day.month, day.day)
    return _safe(day.year + random.choice((-10, 10)), day.month, day.day)


def _day_slipped(day: date, random: Random) -> date:
    kind = random.random()
    if kind < 0.45 and day.day <= 12:
        return date(day.year, day.day, day.month)
    if kind < 0.85:
        return day + timedelta(days=random.choice((-10, -2, -1, 1, 2, 10)))
    return _safe(day.year, (day.month + random.choice((0, 10))) % 12 + 1, day.day)


def _safe(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, 28))


def _death(man: Dead, ways: Habits, stated: float, shares: GraveShares, random: Random) -> str:
    if random.random() >= stated:
        return ""
    day = man.death
    drawn = random.random()
    if drawn < shares.death_late:
        day += timedelta(days=random.randint(1, 3))
    elif drawn < shares.death_late + shares.death_slip:
        day = _day_slipped(day, random)
    if random.random() < shares.death_coarse:
        return str(day.year) if random.random() < 0.5 else f"{day.year}-{day.month:02d}"
    return _date(day, ways)


def _date(day: date, ways: Habits) -> str:
    if ways.months_in_words:
        return f"{day.day} {_MONTHS[ways.hand].split()[day.month - 1]} {day.year}"
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def _birth_place(man: Dead, hand: str, shares: GraveShares, random: Random) -> str:
    if random.random() >= shares.birth_place:
        return ""
    kind, settlement, province = man.settlement.partition(" "), "", ""
    settlement = _place(kind[2], hand, shares.garbling, random)
    province = _place(man.province.split()[0], hand, shares.garbling, random)
    region = f"{_REGIONS.get(hand, 'region')} {province}"
    drawn = random.random()
    if drawn < 0.40:
        return f"{settlement}, {region}"
    if drawn < 0.75:
        return settlement
    if drawn < 0.95:
        return region
    return _COUNTRIES.get(hand, "Russia")


def _place(name: str, hand: str, garbling: Garbling, random: Random) -> str:
    """A place name as clerks wrote it, with as many faults as a surname."""
    return " ".join(garbled(word, hand, garbling, random) for word in name.split())


def _number(man: Dead, shares: GraveShares, random: Random) -> tuple[str, str]:
    """Prisoner number and camp; the first one more often than that of a later camp."""
    if not man.numbers:
        return "", ""
    camp, number = man.numbers[0] if random.random() < 0.6 else man.numbers[-1]
    stated = random.random() < shares.number
    written = str(number) if stated else ""
    if stated and random.random() < shares.number_slip:
        written = _digit_slip(written, random)
    with_camp = random.random() < (0.85 if stated else (shares.camp - 0.85 * shares.number))
    return written, _camp(camp, random) if with_camp else ""


def _digit_slip(number: str, random: Random) -> str:
    at, kind = random.randrange(len(number)), random.random()
    if kind < 0.6 or len(number) < 2:
        return number[:at] + random.choice(_DIGITS[number[at]]) + number[at + 1 :]
    if kind < 0.85 and at:
        return number[: at - 1] + number[at] + number[at - 1] + number[at + 1 :]
    return number[:at] + number[at + 1 :]


def _camp(row: int, random: Random) -> str:
    """A camp in a local spelling, now and then with its numeral turned (IV for VI)."""
    camp = read_table("camps")[row]
    numeral, number = camp["numeral"], camp["number"]
    if numeral and random.random() < 0.06:
        numeral = numeral.replace("IV", "?").replace("VI", "IV").replace("?", "VI")
    if numeral and number:
        forms = (f"Stalag {numeral} ({number})", f"{numeral} ({number})", f"Stalag {number}",
                 f"Stalag {numeral}")  # fmt: skip
    elif numeral:
        forms = (f"Stalag {numeral}", numeral, f"St. {numeral}", numeral.replace(" ", ""))
    else:
        forms = (f"Stalag {number}", f"M.-Stalag {number}", number, f"Stalag Nr. {number}")
    return random.choice(forms)
