"""Archives of persons who never lived, to try and measure the linkage on."""

from sexton.simulate.names import MissingNames, NameCounts, load_name_counts
from sexton.simulate.people import COLUMNS, Person, Shares, simulate_people
from sexton.simulate.places import russian_settlement

__all__ = [
    "COLUMNS",
    "MissingNames",
    "NameCounts",
    "Person",
    "Shares",
    "load_name_counts",
    "russian_settlement",
    "simulate_people",
]
