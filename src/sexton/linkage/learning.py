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
from sexton.evidence.written import SECTION, SHARE
from sexton.linkage.fitting import fit_without_labels, refitted
from sexton.linkage.fitting_lists import observed_pairs
from sexton.linkage.model import LinkOptions, Progress
from sexton.linkage.shares import share_of_strangers, with_given_names
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
    given = [name for coded in pool.coded for name in coded.vocabularies.given.names]
    shares = with_given_names(weighed.scorer.shares, given)
    begun = _strangers_apart(options.rules_used, share_of_strangers(weighed.scorer.left, shares))
    scorer = replace(weighed.scorer, shares=shares)
    observed = observed_pairs(replace(weighed, scorer=scorer, pairs=chosen), options, progress)
    fitted = fit_without_labels(observed, (), begun, PRIOR_PAIRS)
    if not fitted.moved:
        return weighed
    rules = refitted(begun, fitted, f"{begun.version}, as the lists tell")
    return replace(weighed, scorer=replace(scorer, rules=rules))


def _strangers_apart(rules: Rules, share: float) -> Rules:
    """The rules with given names that nobody of the other list bears, a ``share`` of all, apart
    from those that it knows: as often one man's as two men's, which says nothing yet."""
    other = rules.value(SECTION, "given_other")
    shares = {"given_other": 1 - share, "given_strange": share}
    told = {name: other * each for name, each in shares.items()}
    told |= {f"{name}{SHARE}": each for name, each in shares.items()}
    return Rules(rules.version, {**rules.tables, SECTION: {**rules.tables[SECTION], **told}})
