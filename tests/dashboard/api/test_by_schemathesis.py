"""The whole API held against its own description by schemathesis, through WSGI.

Usually every operation gets a few examples, the tables one alone, for they are all read by the same code. The
slow tests give each operation many, fresh ones, and try the limits of every parameter.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

import etl
from dashboard.api import list_routes
from dashboard.site.app import create_app
from tests.dashboard.api.asking import HOME

USUAL_EXAMPLES, MANY_EXAMPLES = 5, 50
EXAMPLES_ONLY = {"coverage": {"enabled": False}}
# The one whose parameters are of every kind.
MODEL_TABLE = "observations"
# A schema cannot say which values fit together: which cursor to a question, which choice to a chart, which
# bytes are a text. Such a value may be refused, though it has the form that is described.
BY_MEANING = {"cursor", "window", "show", "vintage", "text"}
ACCEPTANCE = "positive_data_acceptance"


@dataclass
class Finds:
    """What a run found: cases by status, and failed checks with the request that shows each."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def list_other_tables() -> list[str]:
    """The paths of the tables that the model stands for."""
    tables = {f"/{entry.table}" for entry in etl.describe_tables() if entry.table != MODEL_TABLE}
    return sorted(tables & {route.path for route in list_routes()})


def run_schemathesis(
    server: Flask,
    *,
    examples: int,
    seed: int = 1,
    phases: Mapping[str, Any] | None = None,
    without: Sequence[str] = (),
) -> Finds:
    """Every case of every operation, checked; `without` names the paths that are left out."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "workers": 1,
            "continue-on-failure": True,
            "headers": {"Accept-Encoding": "identity"},
            "generation": {"max-examples": examples, "database": "none", "deterministic": seed == 1},
            "phases": {"stateful": {"enabled": False}, **(phases or {})},
        }
    )
    schema = schemathesis.openapi.from_wsgi(f"{HOME}/openapi.json", server, config=config)
    chosen = schema.exclude(path=list(without)) if without else schema
    finds = Finds()
    for event in from_schema(chosen).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            finds.failures.append(repr(vars(event)))
        if isinstance(event, events.ScenarioFinished):
            record_scenario(event.recorder, finds)
    return finds


def record_scenario(recorder: Any, finds: Finds) -> None:
    """The cases of one operation in one phase."""
    for case_id, interaction in recorder.interactions.items():
        if interaction.response is not None:
            finds.statuses[interaction.response.status_code] += 1
        for check in recorder.checks.get(case_id, ()):
            if check.failure_info is None:
                continue
            if check.name == ACCEPTANCE and read_parameter(interaction.response) in BY_MEANING:
                continue
            told = check.failure_info
            finds.failures.append(f"{check.name}: {told.failure}\n{told.code_sample}")


def read_parameter(response: Any) -> str | None:
    """The parameter that a problem names."""
    content = json.loads(response.content) if response is not None else {}
    parameter: str | None = content.get("parameter")
    return parameter


@pytest.fixture
def server(built_snapshot: etl.Snapshot) -> Flask:
    """A dashboard whose rates are not limited."""
    opened: Flask = create_app(built_snapshot)
    return opened


def require_faultless(finds: Finds, *, cases: int) -> None:
    """At least so many cases, none of which broke the description."""
    assert finds.failures == []
    assert finds.statuses.total() >= cases, finds.statuses
    assert finds.statuses[200] >= cases // 4
    assert not [status for status in finds.statuses if status >= 500]


def test_a_few_examples_of_every_operation_keep_to_the_description(server: Flask) -> None:
    finds = run_schemathesis(
        server, examples=USUAL_EXAMPLES, phases=EXAMPLES_ONLY, without=list_other_tables()
    )
    require_faultless(finds, cases=40)


@pytest.mark.slow
def test_schemathesis_finds_no_fault_and_nothing_that_is_not_described(
    server: Flask, fresh_seed: int
) -> None:
    require_faultless(run_schemathesis(server, examples=MANY_EXAMPLES, seed=fresh_seed), cases=3_000)
