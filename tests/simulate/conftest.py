import lzma

import pytest

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


@pytest.fixture()
def counts_folder(tmp_path):
    for kind, counts in COUNTS.items():
        lines = ["name\tcount", *(f"{name}\t{count}" for name, count in counts.items())]
        packed = lzma.compress(("\n".join(lines) + "\n").encode())
        (tmp_path / f"{kind}_counts.tsv.xz").write_bytes(packed)
    return tmp_path
