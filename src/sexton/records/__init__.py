"""Person lists: read from any common file, mapped to one layout, every problem reported."""

from sexton.records.mapping import Mapping, load_mapping
from sexton.records.model import COLUMNS, PersonList, Problem, Record, UnreadableFile
from sexton.records.packs import pack_names, pack_path
from sexton.records.personlist import read_person_list
from sexton.records.tables import (
    PersonLink,
    Site,
    SourcePage,
    Statement,
    Table,
    read_person_links,
    read_sites,
    read_sources,
    read_statements,
)
from sexton.records.writing import UnwritableFile, write_columns, write_table

__all__ = [
    "COLUMNS",
    "Mapping",
    "PersonLink",
    "PersonList",
    "Problem",
    "Record",
    "Site",
    "SourcePage",
    "Statement",
    "Table",
    "UnreadableFile",
    "UnwritableFile",
    "load_mapping",
    "pack_names",
    "pack_path",
    "read_person_links",
    "read_person_list",
    "read_sites",
    "read_sources",
    "read_statements",
    "write_columns",
    "write_table",
]
