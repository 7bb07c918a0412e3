import lzma

import pytest

from sexton.simulate import load_name_counts

COUNTS = {
    "surname": {"иванов": 50, "иванова": 30, "зелинская": 4, "шевченко": 9, "калина": 3, "№7": 9},
    "given": {
        "иван": 900,
        "илья": 90,
        "мария": 700,
        "александра": 300,
        "анатолий": 200,
        "пётр": 80,
    },
    "patronymic": {
        "иванович": 800,
        "ильич": 100,
        "анатольевич": 60,
        "петрович": 90,
        "пётрович": 30,
        "александрич": 25,
        "ивановна": 500,
    },
}


def write_counts(folder):
    for kind, counts in COUNTS.items():
        lines = ["name\tcount", *(f"{name}\t{count}" for name, count in counts.items())]
        packed = lzma.compress(("\n".join(lines) + "\n").encode())
        (folder / f"{kind}_counts.tsv.xz").write_bytes(packed)
    return folder


@pytest.fixture()
def counts_folder(tmp_path):
    return write_counts(tmp_path)


@pytest.fixture(scope="session")
def module_counts(tmp_path_factory):
    """The same counts, read once."""
    return load_name_counts(write_counts(tmp_path_factory.mktemp("counts")))
