"""A case, and what people do in it. All of it has a history: it is written through the one door.

A candidate is named by a text: ``record:KEY`` is a record of the register,
``archive:NAME:DIGEST:ROW`` a row of a list of an archive that is kept beside it (``naming``).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sexton.records import COLUMNS
from sexton.web.cases.ladder import DECIDED, STATES, VERDICTS
from sexton.web.cases.romanising import CONVENTIONS
from sexton.web.jobs.models import Job
from sexton.web.register.models import Organisation, Record, Sourced, Versioned
from sexton.web.register.models.base import coded

LONGEST_NAME = 300
RULES_STATES = ("proposed", "in_use", "former", "dropped")


class Case(Versioned):
    """The identification of one record: a grave's row, a stone, a name without a man.

    ``candidate`` is who he is held to be while ``state`` is a decided one. With ``embargo`` no page
    for the public tells of the decision, until somebody lifts it and says why.
    """

    key = models.SlugField(max_length=80, unique=True)
    record = models.OneToOneField(Record, models.PROTECT, related_name="case")
    state = coded(STATES, "name_recorded")
    candidate = models.CharField(max_length=LONGEST_NAME, blank=True)
    assignee = models.CharField(max_length=60, blank=True)
    embargo = models.BooleanField(default=False)
    embargo_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "assignee"], name="case_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | ~Q(candidate=""),
                name="an_identification_names_somebody",
            ),
            models.CheckConstraint(
                condition=Q(embargo=False) | ~Q(embargo_reason=""),
                name="an_embargo_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_public(self) -> bool:
        """Whether the public may be told who he is held to be."""
        return self.state in DECIDED and not self.embargo


class Judgement(Versioned):
    """What a reviewer says of a case and a candidate. A later one does not overwrite an earlier.

    ``blind``: before the evidence and what others said could be seen; ``bits`` are what the
    evidence weighed then, which the reviewer did not see: judgements teach the rules.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="judgements")
    candidate = models.CharField(max_length=LONGEST_NAME)
    reviewer = models.CharField(max_length=60)
    verdict = coded(VERDICTS, "unsure")
    blind = models.BooleanField(default=True)
    bits = models.FloatField(null=True, blank=True)
    rules = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "candidate", "reviewer"], name="judgement_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "candidate", "reviewer"],
                condition=Q(blind=True),
                name="one_judges_blind_once",
            ),
            models.CheckConstraint(
                condition=Q(blind=True) | ~Q(reason=""),
                name="who_judges_again_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} on {self.case_id}: {self.verdict}"


class Clue(Versioned, Sourced):
    """Something found out about the man of a case: a value of a field, and where it comes from."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clues")
    field = coded(COLUMNS, "remarks")
    value = models.TextField()
    stands = models.BooleanField(default=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(record__isnull=False) | ~Q(citation=""),
                name="a_clue_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(stands=True) | ~Q(reason=""),
                name="a_clue_is_dropped_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class NegativeSearch(Versioned, Sourced):
    """That somebody looked somewhere, and he was not there.

    ``share`` is the chance (0 to 1) that he would have been there: that the man of the case stands
    in such a list at all or, with ``candidate``, that this one would if he were the man.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="searches")
    where = models.CharField(max_length=300)
    asked = models.TextField()
    candidate = models.CharField(max_length=LONGEST_NAME, blank=True)
    share = models.FloatField(default=0.5)
    searched_on = models.DateField(null=True, blank=True)
    stands = models.BooleanField(default=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=0.0, share__lt=1.0), name="a_share_is_below_one"
            ),
            models.CheckConstraint(
                condition=Q(stands=True) | ~Q(reason=""),
                name="a_search_is_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where}: not there"


class Letter(Versioned):
    """A question to an archive, and what it answered.

    ``brief`` is what the question was made from (``letters.Brief``), so that it can be read in
    another language; what somebody changed in ``question`` by hand is not in it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    addressee = models.CharField(max_length=300)
    language = models.CharField(max_length=10)
    question = models.TextField()
    brief = models.JSONField(default=dict, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"to {self.addressee}"


class Decision(Versioned):
    """A step on the ladder: only ever added. The evidence stands as it was seen then."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    step = coded(STATES, "probable")
    before = coded(STATES, "candidates")
    candidate = models.CharField(max_length=LONGEST_NAME, blank=True)
    reason = models.TextField()
    body = models.CharField(max_length=300, blank=True)
    forensic = models.TextField(blank=True)
    snapshot = models.JSONField(default=dict, blank=True)
    rules = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.before} to {self.step}"


class PlateProof(Versioned):
    """That somebody read the text of a plate and found it right; two have to.

    ``lines`` is the text (``plates.LINES``), ``digest`` stands for it; ``upon`` is the decision
    (its id) that it is the plate of: what was read for an earlier one counts no more.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="proofs")
    upon = models.PositiveBigIntegerField()
    convention = coded(CONVENTIONS, "fr")
    lines = models.JSONField(default=dict)
    digest = models.CharField(max_length=12)
    reader = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "upon", "digest", "reader"], name="one_reads_a_plate_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader} on the plate of {self.case_id}"


class Inquiry(models.Model):
    """The engine asked one list (``pool``) who the man of a case may be, and what it answered.

    Computed, and computed again without history. ``pool`` is "register" or "archive:NAME". ``none``
    is the probability of "none of these"; ``rest`` the odds of all records that were not weighed,
    which are a part of it; ``shift`` the bits that each record has beyond its share of the
    coverage. ``spellings`` are the bits of pairs of names that the list itself tells (kind, left,
    right, bits). ``trouble`` says why the list could not be asked the last time: what stands is
    older then.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="inquiries")
    pool = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    coverage = models.FloatField()
    rest = models.FloatField(default=0.0)
    shift = models.FloatField(default=0.0)
    spellings = models.JSONField(default=list, blank=True)
    none = models.FloatField(default=1.0)
    none_bits = models.FloatField(default=0.0)
    rules = models.CharField(max_length=60, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    trouble = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["case", "pool"]
        constraints = [
            models.UniqueConstraint(fields=["case", "pool"], name="a_list_is_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.pool}"


class Candidate(models.Model):
    """Whom the engine found for a case in a list: computed, and computed again without history.

    ``fields`` is his row as it was then. ``evidence`` adds up to ``weight``; with ``prior`` and
    ``searched`` (what searches in vain say) it is the total. ``probability`` is beside the others
    of the same ``pool`` and its "none of these"; documents of one man share it, and ``man`` names
    the one of them that fits best: over those that do, and "none of these", it adds up to one.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="candidates")
    name = models.CharField(max_length=LONGEST_NAME)
    pool = models.CharField(max_length=120, default="register")
    man = models.CharField(max_length=LONGEST_NAME, blank=True)
    rank = models.PositiveIntegerField()
    probability = models.FloatField()
    prior = models.FloatField(default=0.0)
    weight = models.FloatField(default=0.0)
    searched = models.FloatField(default=0.0)
    evidence = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    simulated = models.BooleanField(default=False)
    rules = models.CharField(max_length=60, blank=True)
    found_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["case", "pool", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="a_candidate_is_found_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.name}"

    @property
    def total(self) -> float:
        """The bits that his probability is made of."""
        return self.prior + self.weight + self.searched

    @property
    def is_fittest(self) -> bool:
        """Whether no other document of the man fits better."""
        return self.man in {"", self.name}


class Outcome(models.Model):
    """What a run of the engine changed for a case in a list. Written with the candidates, once.

    ``before`` and ``after`` name the likeliest candidate, ``moved`` is the largest change of a
    probability, "none of these" among them. With ``trouble`` nothing was changed.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="outcomes")
    case = models.ForeignKey(Case, models.CASCADE, related_name="outcomes")
    pool = models.CharField(max_length=120)
    is_first = models.BooleanField(default=False)
    new = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    before = models.CharField(max_length=LONGEST_NAME, blank=True)
    after = models.CharField(max_length=LONGEST_NAME, blank=True)
    moved = models.FloatField(default=0.0)
    trouble = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["job", "case", "pool"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "case", "pool"], name="a_run_asks_a_list_once_for_a_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.pool}: {self.new} new, {self.gone} gone"

    @property
    def other_first(self) -> bool:
        """Whether somebody else is the likeliest now, of two runs that found somebody."""
        return bool(self.before and self.after) and self.before != self.after

    @property
    def moved_in_hundred(self) -> int:
        """The largest change of a probability, in hundredths."""
        return round(100 * self.moved)


class Look(models.Model):
    """That somebody saw the evidence on a candidate: from then on he does not judge him blind."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="looks")
    candidate = models.CharField(max_length=LONGEST_NAME)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "candidate", "by"], name="a_look_is_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.by} at {self.case_id}"


class RulesVersion(Versioned):
    """Rules of evidence that judgements taught, as a worker made them for somebody who asked.

    ``text`` is a rules file: what differs from ``base``, the rules that shipped then. Learnt from
    all first blind judgements up to number ``upto``; ``lesson`` tells what, and how it was tested
    (``taught.Lesson``). ``job`` is the number of the work, which makes one version and no two.
    """

    name = models.CharField(max_length=60, unique=True)
    base = models.CharField(max_length=60)
    state = coded(RULES_STATES, "proposed")
    text = models.TextField()
    upto = models.PositiveBigIntegerField()
    lesson = models.JSONField(default=dict, blank=True)
    job = models.PositiveBigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="in_use"), name="one_version_is_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RankingChange(models.Model):
    """How the candidates of a case in one list would rank by other rules: computed with them.

    The first candidate (his name) and his probability by the rules in use then (``before``) and by
    those of ``version`` (``after``).
    """

    version = models.ForeignKey(RulesVersion, models.CASCADE, related_name="rankings")
    case = models.ForeignKey(Case, models.CASCADE, related_name="ranking_changes")
    pool = models.CharField(max_length=120)
    before = models.CharField(max_length=LONGEST_NAME)
    before_probability = models.FloatField()
    after = models.CharField(max_length=LONGEST_NAME)
    after_probability = models.FloatField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.pool}"

    @property
    def is_another(self) -> bool:
        """Whether another candidate would come first."""
        return self.before != self.after
