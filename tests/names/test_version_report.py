"""What changed between two versions of the tables."""

from sexton.names.tables import read_text
from sexton.names.training import packaged
from sexton.names.version_report import Change, changes_of, report

BEFORE = "# head\nchunk\tlatin\tde\tfr\nв\tw\t0.9\t0.1\nв\tv\t0.1\t0.8\nш\tsh\t0.2\t0\n"
AFTER = "# head\nchunk\tlatin\tde\tfr\nв\tw\t0.4\t0.1\nв\tv\t0.1\t0.85\nх\tkh\t0\t0.7\n"


def test_the_largest_change_comes_first_and_rows_come_and_go():
    assert changes_of("spellings.tsv", BEFORE, AFTER) == [
        Change("spellings.tsv", "х kh", "fr", 0.0, 0.7),
        Change("spellings.tsv", "в w", "de", 0.9, 0.4),
        Change("spellings.tsv", "ш sh", "de", 0.2, 0.0),
        Change("spellings.tsv", "в v", "fr", 0.8, 0.85),
    ]
    assert changes_of("spellings.tsv", BEFORE, BEFORE) == []
    assert changes_of("new.tsv", "", AFTER)[0].before == 0.0


def test_points_of_a_curve_are_told_apart_by_where_they_stand():
    head = "kind\talphabets\tat\tbits\n"
    before = head + "given\tlatin-latin\t-1\t-12.5\ngiven\tlatin-latin\t18\t13\n"
    after = head + "given\tlatin-latin\t-1\t-12.5\ngiven\tlatin-latin\t18\t15\n"
    assert changes_of("calibration.tsv", before, after) == [
        Change("calibration.tsv", "given latin-latin 18", "bits", 13.0, 15.0)
    ]


def test_the_page_names_versions_counts_and_changes(tmp_path):
    import lzma

    with lzma.open(tmp_path / "cyrillic_latin_pairs.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("cyrillic\tlatin\tconvention\tsoviet\twikidata\n")
        for n in range(60):
            file.write(f"шатунов\tschatunow\tde\ts\tQ{n}\n")
    with lzma.open(tmp_path / "surname_counts.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("name\tcount\nшатунов\t3\nпетров\t70\n")
    old = packaged()
    new = {**old, "VERSION": "0123456789ab\n"}
    new["popular_given.tsv"] = old["popular_given.tsv"].replace("\t0.0484", "\t0.5")
    page = report(old, new, tmp_path)
    assert f"# Name tables: {read_text('VERSION').strip()} to 0123456789ab" in page
    assert "| popular_given.tsv | 1,501 | 1 | 1 |" in page
    assert "| popular_given.tsv | александр | share | 0.0484 | 0.5 |" in page
    assert "| right name first | 1.0000 | 1.0000 |" in page
