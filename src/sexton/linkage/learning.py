"""What two lists tell of how one man's records differ, learnt before they are linked.

The rules say how often dates slip and names are spelt in two ways on graves and in archives of war.
Two lists of other kinds differ in other ways, and tell so: the pairs of some of the left records
are weighed by the rules, those that are probably one man's tell how often each level of evidence
holds (:mod:`sexton.linkage.fitting`), and all pairs are weighed by that. No pair is known to be one
man's. Nothing is learnt where rules of one's own are given, nor by archives that are populations.
"""

from __future__ import annotations

from dataclasses import replace

from sexton.evidence import Rules
from sexton.evidence.written import OTHER, SHARE, STRANGE
from sexton.linkage.fitting import Refit, fit_without_labels, refitted, value_of
from sexton.linkage.fitting_lists import observed_pairs
from sexton.linkage.model import LinkOptions, Progress
from sexton.linkage.shares import share_of_strangers
from sexton.linkage.vocabularies import is_population
from sexton.linkage.weighing import Weighed

EXAMPLES = 1_500
"""Left records whose pairs are weighed to learn from, spread evenly over the list."""
PRIOR_PAIRS = 30.0
"""What the rules say counts as so many pairs of one man."""


def as_lists_tell(
    weighed: Weighed, options: LinkOptions, progress: Progress | None = None
) -> Weighed:
    """The pairs to weigh, with a scorer whose rules are re-estimated from the lists themselves."""
    pool = weighed.scorer.pool
    vocabularies = [coded.vocabularies.surname for coded in pool.coded]
    if options.rules is not None or is_population(vocabularies):
        return weighed
    step = -(-len(weighed.scorer.left) // EXAMPLES)
    chosen = [edge for edge in weighed.pairs if edge[0] % step == 0]
    pool.read(right for _, right in chosen)
    observed = observed_pairs(replace(weighed, pairs=chosen), options, progress)
    fitted = fit_without_labels(observed, (), options.rules_used, PRIOR_PAIRS)
    fitted = replace(fitted, values=(*fitted.values, *_strangers(weighed, options.rules_used)))
    rules = refitted(options.rules_used, fitted, f"{options.rules_used.version}, as the lists tell")
    return replace(weighed, scorer=replace(weighed.scorer, rules=rules))


def _strangers(weighed: Weighed, rules: Rules) -> list[Refit]:
    """How many given names of the left list nobody of the other bears; of two men that is all that
    tells whether they do."""
    left = weighed.scorer.left
    share = share_of_strangers(left, weighed.scorer.shares)
    told = {f"{STRANGE}{SHARE}": share, f"{OTHER}{SHARE}": 1 - share}
    return [Refit(name, value_of(rules, name), each, len(left)) for name, each in told.items()]
