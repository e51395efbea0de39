"""Runs the rules over a draft."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.finding import Finding, finding_of
from lint_rules.parsing import lexicons
from lint_rules.registry import all_rules
from lint_rules.rule import Channel, Kind, Rule, Severity, Words

_DEFAULT = Config()
# of one rule in one message; nobody reads the hundred and first
MOST_FINDINGS = 100
_RAISED = Words(
    vi="Quy tắc {rule} bị lỗi nên chưa kiểm tra được thư này ({error}). Hãy báo cho người quản trị.",
    en="The rule {rule} failed, so this message has not been checked by it ({error}). Tell your administrator.",
    zh="规则 {rule} 运行出错，未能检查此信件（{error}）。请告知管理员。",
)


def check(draft: Draft, config: Config | None = None, rules: Sequence[Rule] | None = None) -> list[Finding]:
    """All findings, by part and place. A rule that raises is itself a finding that blocks."""
    settings = (config or _DEFAULT).with_limits(draft.context.config)
    asked = all_rules() if rules is None else rules
    found: list[Finding] = []
    with lexicons.using(settings.lexicons):
        try:
            plan = _plan(asked, draft.channel, draft.kind, settings)
        except Exception as error:  # noqa: BLE001 - without its kind no rule knows whether it applies
            return [_raised(rule, draft, error) for rule in asked]
        for rule, severity in plan:
            try:
                hits = list(islice(rule.check(draft, settings), MOST_FINDINGS))
                if hits:  # most rules have nothing to say
                    found += [finding_of(hit, rule.id, hit.severity or severity, draft.lang) for hit in hits]
            except Exception as error:  # noqa: BLE001 - whatever a rule raises is said, never lost
                found.append(_raised(rule, draft, error))
    order = {name: index for index, name in enumerate(_part_names(draft))}
    return sorted(
        found, key=lambda item: (order.get(item.part, len(order)), item.line, item.column, item.rule)
    )


_Plan = list[tuple[Rule, Severity]]
# the last plan of each channel and kind, with what it was made of: an audience is thousands of one kind
_plans: dict[tuple[Channel, Kind], tuple[Sequence[Rule], Config, _Plan]] = {}


def _plan(rules: Sequence[Rule], channel: Channel, kind: Kind, config: Config) -> _Plan:
    """The rules that apply, each with its severity."""
    known = _plans.get((channel, kind))
    if known is not None and known[0] is rules and known[1] is config:
        return known[2]
    plan = [
        (rule, severity)
        for rule in rules
        if channel in rule.channels
        and kind in rule.kinds
        and (severity := config.severity_of(rule, kind)) is not None
    ]
    _plans[channel, kind] = (rules, config, plan)
    return plan


def _raised(rule: Rule, draft: Draft, error: Exception) -> Finding:
    message = _RAISED.in_(draft.lang).format(rule=rule.id, error=f"{type(error).__name__}: {error}")
    return Finding(rule.id, Severity.ERROR, draft.subject.name, 1, 1, 1, 1, message)


def _part_names(draft: Draft) -> list[str]:
    return [draft.subject.name, *(part.name for part in draft.blocks), "text", "html", "typeset"]
