"""The evidence said in Splink's words; the same for every engine."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from ..blocking import Rule
from ..evidence import Kind, kinds, prior, spoken
from ..tokens import Rates

logging.getLogger("splink").setLevel(logging.ERROR)
PAIR_COLUMNS = ("unique_id_l", "unique_id_r", "match_weight", "match_probability")


def settings(rates: Rates, rules: Sequence[Rule], engine: str) -> Any:
    """Splink's settings for records with these rates, looked at by these rules."""
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        probability_two_random_records_match=prior(rates),
        comparisons=[_comparison(kind, engine) for kind in kinds(rates)],
        blocking_rules_to_generate_predictions=[
            block_on(*rule.keys, arrays_to_explode=list(rule.lists) or None) for rule in rules
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def _comparison(kind: Kind, engine: str) -> Any:
    import splink.comparison_level_library as cll
    from splink.comparison_library import CustomComparison

    levels: list[Any] = [cll.CustomLevel(spoken(kind.unknown, engine)).configure(is_null_level=True)]
    for level in kind.levels:
        made = cll.CustomLevel(spoken(level.when, engine)) if level.when else cll.ElseLevel()
        levels.append(made.configure(m_probability=level.m, u_probability=level.u))
    return CustomComparison(output_column_name=kind.code, comparison_levels=levels)
