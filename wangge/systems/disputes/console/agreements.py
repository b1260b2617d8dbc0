"""The agreement: drafted, printed, signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.engines.cases.actions import Stale
from wangge.engines.cases.models import Case
from wangge.foundation.access.enums import What
from wangge.foundation.access.rules import Refused, Unacceptable, requires
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.fonts import NoFont

from ..actions.agreements import draft_agreement, sign_agreement
from ..actions.revealing import note_look
from ..enums import Kind
from ..forms.agreement import AgreementForm, SignForm
from ..outgoing.agreement import Paper, agreement_pdf
from ..queries.agreements import draft_of
from ..queries.parties import Line, lines_of
from ..queries.record import AgreementLine, TermLine, agreement_lines, session_lines
from .asking import handled_of


def _draft(case: Case, parties: list[Line]) -> AgreementLine | None:
    called = {line.party.number: line.called for line in parties}
    lines = agreement_lines(case, called, clear=True)
    return next((line for line in lines if line.agreement.signed_on is None), None)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("case.view")
def agreement(request: HttpRequest, number: str) -> HttpResponse:
    """The draft: facts and terms; below it, once there is one, the paper and its photo."""
    case = handled_of(request, number, lead=True)
    note_look(actor=request.user, case=case)
    parties = lines_of(case, clear=True)
    draft = _draft(case, parties)
    if request.method != "POST":
        return _page(request, case, AgreementForm(parties, draft), draft)
    if request.POST.get("do") == "more":
        return _page(request, case, AgreementForm(parties, draft, request.POST, look=False, more=1), draft)
    form = AgreementForm(parties, draft, request.POST)
    if not form.is_valid():
        return _page(request, case, form, draft)
    try:
        draft_agreement(actor=request.user, case=case, told=form.told())
    except (Refused, Unacceptable) as why:
        form.add_error(None, str(why))
        return _page(request, case, form, draft, stale=isinstance(why, Stale))
    messages.success(request, _("草稿已保存。打印出来请各方签字，再拍照上传。"))
    return redirect("disputes:agreement", case.number)


def _page(
    request: HttpRequest, case: Case, form: AgreementForm, draft: AgreementLine | None, **more: Any
) -> HttpResponse:
    context: dict[str, Any] = {
        "case": case, "form": form, "draft": draft, "sign": SignForm(case),
        "supplement": case.state == "agreed",
        "ready": case.state in ("mediating", "agreed"),
    } | more  # fmt: skip
    faulty = form.errors or any(term.errors for term in form.terms) or context["sign"].errors
    status = 409 if more.get("stale") else 422 if faulty else 200
    return render(request, "disputes/agreement.html", context, status=status)


@never_cache
@require_POST
@requires("case.view")
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """The paper was signed: a photo of it, and the step."""
    case = handled_of(request, number, lead=True)
    parties = lines_of(case, clear=True)
    form = SignForm(case, request.POST, request.FILES)
    if form.is_valid() and form.keep_photos(request.user, ""):
        try:
            row = draft_of(case) or _signed(case, form)
            sign_agreement(
                actor=request.user, agreement=row, told=form.told(), seen=form.cleaned_data["seen"]
            )
        except (Refused, Unacceptable) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("协议已签订，接下来按期回访。"))
            return redirect("cases:show", case.number)
    draft = _draft(case, parties)
    return _page(request, case, AgreementForm(parties, draft), draft, sign=form)


def _signed(case: Case, form: SignForm) -> Any:
    """The one that this very form signed before."""
    row = case.agreements.filter(signed_op=form.cleaned_data["op"]).first()
    if row is None:
        raise Unacceptable(_("还没有协议草稿；请先写好并保存。"))
    return row


@never_cache
@require_GET
@requires("case.view")
def paper(request: HttpRequest, number: str, at: int) -> HttpResponse:
    """人民调解协议书 as PDF; its name bears nobody's."""
    case = handled_of(request, number)
    parties = lines_of(case, clear=True)
    lines = agreement_lines(case, {line.party.number: line.called for line in parties}, clear=True)
    line = next((each for each in lines if each.agreement.number == at), None)
    if line is None:
        raise Http404
    try:
        content = agreement_pdf(_paper(case, line, parties))
    except NoFont as why:
        messages.error(request, str(why))
        return redirect("cases:show", case.number)
    note_look(actor=request.user, case=case, what=What.EXPORT)
    data = {"number": case.number, "agreement": at}
    journal.record(
        "dispute.printed", actor=request.user, area=case.area_code, subject=line.agreement, data=data
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, f"{case.number}-{at}.pdf") or "inline"
    answer["Cache-Control"] = "no-store"
    return answer


def _paper(case: Case, line: AgreementLine, parties: list[Line]) -> Paper:
    named = [(each.called, each.id_no, each.address, each.guardian) for each in parties]
    sittings = session_lines(case, {}, clear=False)
    names = dict.fromkeys(name for each in sittings for name in each.mediators.split("、") if name)
    return Paper(
        line.agreement, area_name_path(case.area_code), str(dict(Kind.choices).get(case.kind, case.kind)),
        case.dispute.body, line.facts, named, [_term(term) for term in line.terms], "、".join(names),
    )  # fmt: skip


def _term(line: TermLine) -> tuple[str, str, str, str]:
    amount = "" if line.term.amount is None else f"{line.term.amount:.2f}"
    return line.words, line.who, amount, line.term.due_on.isoformat()
