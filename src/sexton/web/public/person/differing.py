"""Where sources disagree: each thing of which they say more than one, with all that they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sexton.web.register.lives.accounts import Alternative, Aspect, Voice, said_code, said_text
from sexton.web.register.lives.steps import Step
from sexton.web.register.page import PersonPage, Value

# Of a man, and of no step of his life; names have a section of their own.
OF_HIMSELF = ("sex", "nationality", "occupation")
CODED = frozenset({"sex"})
CONTRADICT, OTHERWISE = "differ", ("less_exact", "several", "written")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in all accounts of it; ``step`` is None for what is of no step of the life."""

    aspect: Aspect
    step: Step | None

    @property
    def agreement(self) -> str:
        return self.aspect.agreement

    @property
    def accounts(self) -> Sequence[Alternative]:
        return self.aspect.alternatives


@dataclass(frozen=True, slots=True)
class Differences:
    """What cannot all be true, and what is only said in several ways."""

    contradictions: Sequence[Difference]
    otherwise: Sequence[Difference]

    def __bool__(self) -> bool:
        return bool(self.contradictions or self.otherwise)


def differences(path: Iterable[Step], page: PersonPage) -> Differences:
    """All of it, in the order of the life; what was decided stays among it, with the reason."""
    found = [
        Difference(aspect, step)
        for step in path
        for aspect in step.shown
        if len(aspect.accounts) > 1 and aspect.name not in {"concluded", "remarks", "part", "title"}
    ]
    of_himself = [(name, page.values.get(name, ())) for name in OF_HIMSELF]
    found += [_of_values(name, values) for name, values in of_himself if len(values) > 1]
    hard = [one for one in found if _contradicts(one)]
    return Differences(hard, [one for one in found if one not in hard])


def _contradicts(one: Difference) -> bool:
    """Whether two of the accounts exclude each other, or did until somebody decided."""
    decided = any(account.disproven or account.preferred for account in one.accounts)
    return one.agreement == CONTRADICT or decided or one.step is None


def _of_values(name: str, values: Iterable[Value]) -> Difference:
    aspect = Aspect(name)
    for value in values:
        said = said_code(value.shown, "sex") if name in CODED else said_text(value.shown)
        for claim in value.claims:
            aspect.hear(said, Voice.of_claim(claim))
    return Difference(aspect, None)
