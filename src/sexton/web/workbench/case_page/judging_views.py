"""Judging one pair after the other: each page is one pair, each answer leads to the next."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from sexton.messages import Message, translate
from sexton.web.cases import judging as verdicts
from sexton.web.cases.judging import CannotJudge
from sexton.web.cases.ladder import VERDICTS
from sexton.web.cases.models import Candidate
from sexton.web.cases.words import VERDICTS as IN_WORDS
from sexton.web.workbench.access import at_work
from sexton.web.workbench.case_page import queue, shown_pair, taking_back

SKIPPED = "judging_skipped"
MOST_SKIPPED = 500
NEXT, AGAIN = "next", "again"


@at_work(queue.ASSESS)
def judging(request: HttpRequest) -> HttpResponse:
    """The pair that the address names, or the next (GET); a judgement, or none (POST)."""
    if request.method == "POST":
        return _answered(request)
    key, name = _given(request, "GET")
    if not key:
        found = queue.next_pair(request.user, _skipped(request))
        return _none(request) if found is None else redirect(_address(found))
    candidate = queue.pair(request.user, key, name)
    if candidate is None:
        messages.warning(request, gettext("This pair is not there any more; here is the next."))
        return _onward(request)
    context = shown_pair.of(candidate, request.user)
    context |= {"sent": "sent" in request.GET, "back": _takeable(request)}
    return render(request, "workbench/judging.html", context)


def _answered(request: HttpRequest) -> HttpResponse:
    what = request.POST.get("do", "")
    if what == AGAIN:
        request.session.pop(SKIPPED, None)
        return _onward(request)
    key, name = _given(request, "POST")
    candidate = queue.pair(request.user, key, name) if key else None
    if candidate is None:
        messages.warning(
            request,
            gettext("This pair is not there any more; nothing was written. Here is the next."),
        )
        return _onward(request)
    if what == NEXT:
        request.session[SKIPPED] = [*_skipped(request), candidate.pk][-MOST_SKIPPED:]
        return _onward(request)
    return _judged(request, candidate)


def _judged(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """Write a blind judgement; say so, and what became different while the page was open."""
    case, me = candidate.case, request.user.get_username()
    verdict = request.POST.get("verdict", "")
    if verdict not in VERDICTS:
        messages.error(request, gettext("Nothing was written: choose one of the three."))
        return redirect(_address(candidate))
    try:
        verdicts.judge(case, candidate.name, me, verdict)
    except CannotJudge:
        return _judged_before(request, candidate, verdict)
    messages.success(
        request, gettext("Written down: %(verdict)s.") % {"verdict": IN_WORDS[verdict]}
    )
    others = queue.judged_by_others(case, candidate.name, me)
    if others > _number(request, "others"):
        messages.info(
            request, gettext("While your page was open, somebody else judged this pair too.")
        )
    if case.state not in queue.UNDECIDED:
        messages.info(
            request, gettext("A decision was taken on this case meanwhile. Your judgement is kept.")
        )
    return _onward(request)


def _judged_before(request: HttpRequest, candidate: Candidate, verdict: str) -> HttpResponse:
    """Sent twice, or from a page that was left open: what was written first stands."""
    me = request.user.get_username()
    own = candidate.case.judgements.filter(candidate=candidate.name, reviewer=me).last()
    if own is not None and own.verdict == verdict:
        messages.info(request, gettext("That was written down already; it counts once."))
        return _onward(request)
    messages.warning(
        request,
        gettext("You had judged this pair, or seen its evidence, before. Nothing was changed."),
    )
    return redirect(_address(candidate))


@at_work(queue.ASSESS)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take back one's last judgement, and judge the pair again."""
    by = request.user.get_username()
    try:
        judgement = taking_back.take_back(_number(request, "judgement"), by)
    except taking_back.Stands as stands:
        messages.warning(request, _sentence(stands.message))
        return _onward(request)
    messages.success(request, gettext("Taken back. You can judge this pair anew."))
    return redirect(_address_of(judgement.case.key, judgement.candidate))


def _onward(request: HttpRequest) -> HttpResponse:
    """The next pair; the page that says there is none is at the address without a pair."""
    found = queue.next_pair(request.user, _skipped(request))
    return redirect("judging") if found is None else redirect(_address(found))


def _none(request: HttpRequest) -> HttpResponse:
    context = {"skipped": len(_skipped(request)), "back": _takeable(request)}
    return render(request, "workbench/judging_none.html", context)


def _takeable(request: HttpRequest) -> object:
    """One's last judgement, if it can still be taken back."""
    last = taking_back.last_judgement(request.user.get_username())
    return None if last is None or taking_back.obstacle(last) else last


def _address(candidate: Candidate) -> str:
    return _address_of(candidate.case.key, candidate.name)


def _address_of(key: str, name: str) -> str:
    return f"{reverse('judging')}?{urlencode({'case': key, 'candidate': name})}"


def _given(request: HttpRequest, method: str) -> tuple[str, str]:
    """The pair that a request names, by the keys of its case and its candidate."""
    given = request.POST if method == "POST" else request.GET
    return tuple(given.get(name, "").replace("\x00", "")[:400] for name in ("case", "candidate"))  # type: ignore[return-value]


def _skipped(request: HttpRequest) -> list[int]:
    return list(request.session.get(SKIPPED, ()))


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _sentence(message: Message) -> str:
    return translate(message, get_language() or "en")
