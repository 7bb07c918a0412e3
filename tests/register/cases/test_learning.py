"""From judgements to rules in use, and back; on a small register whose candidates are weighed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner

from sexton.cli.main import main
from sexton.evidence import default_rules, load_rules
from sexton.linkage.judged import stated
from sexton.web.cases import deciding, proposing, rules, taught
from sexton.web.cases.judging import judge
from sexton.web.cases.models import Candidate, Case, Clue, Inquiry, RankingChange, RulesVersion
from sexton.web.cases.refreshing import weigh_again
from sexton.web.jobs import desk
from sexton.web.jobs.run import do
from sexton.web.register.history import change
from sexton.web.register.undo import undo
from sexton.web.workbench.work import PROPOSE, WEIGH

from ..judged import judge_all, proposed, run, twenty_graves

pytestmark = pytest.mark.django_db
WHY = "two hundred judgements say so"


@pytest.fixture
def cases(tmp_path) -> list[Case]:
    return twenty_graves(tmp_path)


def test_what_is_stated_of_judged_pairs_is_what_the_candidates_say(cases: list[Case]) -> None:
    """The slates are a second road to the same probabilities."""
    judge_all(cases)
    gathered = taught.gather()
    assert gathered.pairs == 40 and gathered.cases == 20 and gathered.is_enough
    told = {
        (one.case, round(one.stated, 9)) for one in stated(taught.weigh(gathered, rules.in_use()))
    }
    shown = {(one.case.key, round(one.probability, 9)) for one in Candidate.objects.all()}
    assert told == shown


def test_what_teaches_nothing_is_counted(cases: list[Case]) -> None:
    judge(cases[0], "record:right-0", "ann", "unsure")
    judge(cases[1], "record:nobody", "ann", "same")
    judge(cases[2], "record:right-2", "ann", "same")
    judge(cases[2], "record:right-2", "ann", "different", "now I have seen the card")
    judge(cases[2], "record:right-2", "bob", "different")
    judge(cases[3], "record:right-3", "ann", "same")
    judge(cases[4], "record:right-4", "ann", "same")
    Candidate.objects.filter(name="record:right-3").update(simulated=True)
    Inquiry.objects.filter(case=cases[4]).update(pool="archive:gone")
    Candidate.objects.filter(case=cases[4]).update(pool="archive:gone")
    gathered = taught.gather()
    assert gathered.left_out == {"unsure": 1, "gone": 1, "simulated": 1, "silent": 1}
    [asked] = gathered.asked
    assert asked.same == {"record:right-2": 0.5} and not gathered.is_enough


def test_clues_are_weighed_but_teach_no_level(cases: list[Case]) -> None:
    judge(cases[0], "record:right-0", "ann", "same")
    with change("ann", "a letter") as door:
        door.add(Clue(case=cases[0], field="birth_date", value="1911", citation="a letter"))
    [slate] = taught.weigh(taught.gather(), default_rules())
    assert slate.verdicts[0].levels and "birth.same_year" not in slate.verdicts[0].levels
    assert "death.same_day" in slate.verdicts[0].levels
    weigh_again(cases[0])
    assert slate.rivals[0].weight == pytest.approx(
        Candidate.objects.get(name="record:right-0").weight
    )


def test_too_few_judgements_make_no_version(cases: list[Case]) -> None:
    judge_all(cases, of=4)
    assert run(PROPOSE) == {"version": "", "pairs": 8}
    assert not RulesVersion.objects.exists()


def test_a_version_is_proposed_with_its_report(cases: list[Case], settings, tmp_path) -> None:
    settings.HOME = tmp_path
    version = proposed(cases)
    lesson = version.lesson
    assert version.state == "proposed" and rules.in_use() is default_rules()
    assert lesson["pairs"] == 40 and lesson["cases"] == 20 and lesson["same"] == 20
    assert lesson["before"]["pairs"] == lesson["after"]["pairs"] == 40
    assert lesson["after"]["log_loss"] <= lesson["before"]["log_loss"]
    assert lesson["rankings"] == {"lists": 20, "cases": 20, "other_first": 0, "unasked": 0}
    assert (tmp_path / "rules" / f"{version.name}.toml").read_text("utf-8") == version.text
    assert rules.rules_of(version).value("total", "scale") == pytest.approx(lesson["scale"], 1e-4)
    for one in RankingChange.objects.select_related("case"):
        shown = Candidate.objects.filter(case=one.case).order_by("rank").first()
        assert (one.before, one.before_probability) == (shown.name, shown.probability)
        assert 0 < one.after_probability < 1


def test_work_that_is_done_twice_makes_one_version(cases: list[Case]) -> None:
    judge_all(cases)
    desk.ask(PROPOSE, "ann")
    job = desk.claim("a worker")
    do(job)
    again = {"version": RulesVersion.objects.get().name}
    from sexton.web.jobs.task import Task

    assert proposing.propose(Task(job)) == again
    assert RulesVersion.objects.count() == 1


def test_an_adopted_version_weighs_and_the_shipped_ones_come_back(cases: list[Case]) -> None:
    version = proposed(cases)
    before = {one.name: one.probability for one in Candidate.objects.all()}
    expected = {one.after: one.after_probability for one in RankingChange.objects.all()}
    rules.adopt(version, "ann", WHY)
    assert rules.in_use().version == version.name and proposing.behind().count() == 20
    assert run(WEIGH) == {"cases": 20} and not proposing.behind().exists()
    for name, probability in expected.items():
        one = Candidate.objects.get(name=name)
        assert one.probability == pytest.approx(probability, rel=1e-6)
        assert one.rules == version.name
        assert one.total == pytest.approx(one.prior + sum(f["bits"] for f in one.evidence))
    rules.go_back("ann", "the letters were read wrongly")
    assert rules.in_use() is default_rules()
    run(WEIGH)
    after = {one.name: one.probability for one in Candidate.objects.all()}
    assert after == pytest.approx(before)


def test_decided_cases_stay_as_they_were_decided(cases: list[Case]) -> None:
    version = proposed(cases)
    judge(cases[0], "record:right-0", "bob", "same")
    deciding.decide(cases[0], deciding.Step("probable", WHY), "ann", "record:right-0")
    shown = Candidate.objects.get(name="record:right-0")
    rules.adopt(version, "ann", WHY)
    assert run(WEIGH) == {"cases": 19}
    again = Candidate.objects.get(name="record:right-0")
    assert (again.rules, again.weight) == (shown.rules, shown.weight)


def test_a_version_is_dropped_or_adopted_for_a_reason_and_by_a_change(cases: list[Case]) -> None:
    version = proposed(cases)
    with pytest.raises(rules.CannotUse):
        rules.adopt(version, "ann", " ")
    with pytest.raises(rules.CannotUse):
        rules.go_back("ann", WHY)
    rules.drop(version, "ann", "too few cases")
    assert version.state == "dropped" and version.change.reason == "too few cases"
    with pytest.raises(rules.CannotUse):
        rules.drop(version, "ann", WHY)
    rules.adopt(version, "ann", WHY)
    with pytest.raises(rules.CannotUse):
        rules.adopt(version, "ann", WHY)
    undo(version.change, "bob", "adopted by mistake")
    assert rules.in_use() is default_rules()


def test_one_version_is_in_use(cases: list[Case]) -> None:
    first = proposed(cases)
    second = RulesVersion.objects.get(name=run(PROPOSE)["version"])
    assert second.name != first.name
    rules.adopt(first, "ann", WHY)
    rules.adopt(second, "ann", WHY)
    first.refresh_from_db()
    assert first.state == "former" and rules.in_use().version == second.name


def test_a_later_version_begins_at_what_ships_and_is_compared_with_what_is_used(
    cases: list[Case],
) -> None:
    first = proposed(cases)
    rules.adopt(first, "ann", WHY)
    second = RulesVersion.objects.get(name=run(PROPOSE)["version"])
    assert rules.rules_of(second).tables == rules.rules_of(first).tables
    assert second.lesson["present"]["version"] == first.name
    ranking = second.rankings.first()
    assert ranking.before_probability == pytest.approx(ranking.after_probability, rel=1e-9)


def test_a_version_for_other_rules_is_not_used(cases: list[Case]) -> None:
    version = proposed(cases)
    with change("ann", "a test") as door:
        door.edit(version, base="2")
    with pytest.raises(rules.CannotUse):
        rules.adopt(version, "ann", WHY)
    with change("ann", "a test") as door:
        door.edit(version, state="in_use")
    assert rules.in_use() is default_rules()


def test_the_command_writes_rules_and_a_report(cases: list[Case], monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("sexton.web.setup.prepare", lambda: None)
    out = tmp_path / "mine.toml"
    command = ["rules", "fit", "--register", "-o", str(out), "--name", "mine 1"]
    judge_all(cases, of=4)
    few = CliRunner().invoke(main, command)
    assert few.exit_code == 2 and "8 judged pairs of 4 cases" in few.output and not out.exists()
    for n in range(4, 20):
        judge(cases[n], f"record:right-{n}", "ann", "same")
        judge(cases[n], f"record:wrong-{n}", "ann", "different")
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert "40 judged pairs of 20 cases" in done.output and "gain of a pair" in done.output
    assert load_rules(out).version == "mine 1" and rules.in_use() is default_rules()
    assert not RulesVersion.objects.exists()


def test_a_case_is_undone_though_a_report_speaks_of_it(cases: list[Case]) -> None:
    judge_all(cases, of=19)
    run(PROPOSE)
    undo(cases[19].change, "bob", "opened by mistake")
    assert RankingChange.objects.count() == 19 == Case.objects.count()


def test_a_version_that_was_made_by_mistake_is_undone_with_its_report(cases: list[Case]) -> None:
    version = proposed(cases)
    undo(version.change, "bob", "made on a bad day")
    assert not RulesVersion.objects.exists() and not RankingChange.objects.exists()


def test_what_was_learnt_is_not_learnt_again_by_the_next_worker(
    cases: list[Case], monkeypatch
) -> None:
    """The first worker dies while it compares rankings."""
    judge_all(cases)
    job = desk.ask(PROPOSE, "ann")

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(proposing, "_compare", killed)
        with pytest.raises(KeyboardInterrupt):
            do(desk.claim("first", timedelta(seconds=-1)))
    monkeypatch.setattr(proposing, "gather", killed)
    do(desk.claim("second"))
    job.refresh_from_db()
    assert job.state == "done" and RulesVersion.objects.get().name == job.result["version"]
