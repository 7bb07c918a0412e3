"""Archives of persons who never lived, and graves of such, to try and measure the linkage on."""

from sexton.simulate.archive import simulate_archive, truth_of, without_truth
from sexton.simulate.documents import COLUMNS
from sexton.simulate.files import Output, write_batches
from sexton.simulate.graves import TRUTH_COLUMNS, Grave, TooManyGraves, simulate_graves
from sexton.simulate.names import MissingNames, NameCounts, load_name_counts
from sexton.simulate.people import Person, simulate_people
from sexton.simulate.places import russian_settlement
from sexton.simulate.rates import GARBLINGS, PLAIN, Fill, Garbling, GraveShares, Shares
from sexton.simulate.stones import GRAVE_COLUMNS

__all__ = [
    "COLUMNS",
    "GARBLINGS",
    "GRAVE_COLUMNS",
    "PLAIN",
    "TRUTH_COLUMNS",
    "Fill",
    "Garbling",
    "Grave",
    "GraveShares",
    "MissingNames",
    "NameCounts",
    "Output",
    "Person",
    "Shares",
    "TooManyGraves",
    "load_name_counts",
    "russian_settlement",
    "simulate_archive",
    "simulate_graves",
    "simulate_people",
    "truth_of",
    "without_truth",
    "write_batches",
]
