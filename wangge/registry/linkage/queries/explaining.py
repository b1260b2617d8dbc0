"""Why two records are, or are not, one person: every finding in words, as steps of a chart. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wangge.lib.linking import WORDS

from ..enums import PairState
from ..pipeline.limits import Limits

WIDTH = 400  # of the chart, in units of its own
SHOWN = 3


@dataclass(frozen=True)
class Step:
    """One bar: from where the evidence so far stood to where this piece takes it, in bits (分)."""

    label: str
    bits: float
    left: float  # of the bar, in units of the chart
    width: float
    kind: str  # start | for | against | end

    @property
    def signed(self) -> str:
        """The number with its sign, a real minus."""
        return f"{self.bits:+.1f}".replace("-", "−")


@dataclass(frozen=True)
class Explanation:
    """The steps from how rare such pairs are to the end, and where nought (an even chance) stands."""

    steps: list[Step]
    zero: float
    percent: str
    verdict: str
    reasons: list[str]


def words_of(findings: Sequence[Sequence]) -> list[str]:
    """The heaviest findings in words, those against marked."""
    told = [(str(WORDS.get(code, code)), bits) for code, bits in findings[:SHOWN]]
    return [word if bits > 0 else _("但%(finding)s") % {"finding": word} for word, bits in told]


def percent(probability: float) -> str:
    """A probability as people read it; never 100 % and never 0 %."""
    if probability >= 0.9995:
        return "> 99.9%"
    return f"{100 * probability:.1f}%" if probability >= 0.001 else "< 0.1%"


def explain(
    findings: Sequence[Sequence], weight: float, probability: float, state: str, bounds: Limits
) -> Explanation:
    """Explain a pair.

    Args:
        findings: [code, bits] each. weight: their sum and where the pair began, in bits.
    """
    start = weight - sum(bits for _code, bits in findings)
    moves = [(_("两条记录随便拿来，很少是同一人"), start, "start")]
    moves += [(str(WORDS.get(code, code)), bits, "for" if bits > 0 else "against") for code, bits in findings]
    stands = [0.0]
    for _label, bits, _kind in moves:
        stands.append(stands[-1] + bits)
    low, high = min(stands), max(stands)
    unit = WIDTH / max(high - low, 1.0)
    steps = [
        _step(label, bits, kind, before, before + bits, low, unit)
        for (label, bits, kind), before in zip(moves, stands, strict=False)
    ]
    steps.append(_step(_("合计"), weight, "end", 0.0, weight, low, unit))
    verdict = _verdict(findings, probability, state, bounds)
    return Explanation(steps, round(-low * unit, 1), percent(probability), verdict, words_of(findings))


def _step(label: str, bits: float, kind: str, one: float, other: float, low: float, unit: float) -> Step:
    left, width = (min(one, other) - low) * unit, abs(other - one) * unit
    return Step(label, bits, round(left, 1), round(max(width, 1.5), 1), kind)


def _verdict(findings: Sequence[Sequence], probability: float, state: str, bounds: Limits) -> str:
    if state == PairState.REFUSED:
        return _("看起来像同一人，但两个证件号码都有效且不同，系统从不合并。其中一个号码有误时，请先更正。")
    if any(code.startswith("number_") and bits < 0 for code, bits in findings):
        return _("两条记录的证件号码不同。请先核实哪个号码有误并更正，再判断是不是同一人。")
    if probability >= bounds.upper:
        return _("把握够大，但另有一个几乎同样像的人，而那两人已知不是同一人，所以请您判断。")
    if probability >= 0.5:
        return _("更像是同一人，但没有达到自动合并的 %(upper)s，所以请您判断。") % {
            "upper": percent(bounds.upper)
        }
    return _("更像不是同一人，但不能排除，所以请您判断。")
