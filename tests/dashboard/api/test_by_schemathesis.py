"""The whole API held against its own description by schemathesis, through WSGI.

Usually every operation gets a few examples; the limits of every parameter are tried on one table only, for
the tables are all read by the same code, and on what is no table. With FOOTNOTED_API_EXAMPLES=100 every
operation gets so many examples, and the limits are tried on all.
"""

from __future__ import annotations

import json
import os
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
from dashboard.api import IS_LIMITED, list_routes
from dashboard.site.app import create_app
from tests.dashboard.api.asking import HOME

USUAL_EXAMPLES = 5
EXAMPLES_VARIABLE = "FOOTNOTED_API_EXAMPLES"
EXAMPLES_ONLY = {"coverage": {"enabled": False}}
LIMITS_ONLY = {"examples": {"enabled": False}, "fuzzing": {"enabled": False}}
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
    phases: Mapping[str, Any] | None = None,
    without: Sequence[str] = (),
) -> Finds:
    """Every case of every operation, checked; `without` names the paths that are left out."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "workers": 1,
            "continue-on-failure": True,
            "headers": {"Accept-Encoding": "identity"},
            "generation": {"max-examples": examples, "database": "none", "deterministic": True},
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


def run_as_asked(server: Flask) -> Finds:
    """The short run, or the long one where the number of examples is set."""
    asked = os.environ.get(EXAMPLES_VARIABLE)
    if asked:
        return run_schemathesis(server, examples=int(asked))
    finds = run_schemathesis(server, examples=USUAL_EXAMPLES, phases=EXAMPLES_ONLY)
    at_limits = run_schemathesis(
        server, examples=USUAL_EXAMPLES, phases=LIMITS_ONLY, without=list_other_tables()
    )
    return Finds(finds.statuses + at_limits.statuses, [*finds.failures, *at_limits.failures])


@pytest.mark.slow
def test_schemathesis_finds_no_fault_and_nothing_that_is_not_described(built_snapshot: etl.Snapshot) -> None:
    server = create_app(built_snapshot).server
    server.config[IS_LIMITED] = False
    finds = run_as_asked(server)
    print(f"\nschemathesis: {finds.statuses.total():,} cases: {dict(sorted(finds.statuses.items()))}")
    assert finds.failures == []
    assert finds.statuses.total() > (3_000 if os.environ.get(EXAMPLES_VARIABLE) else 1_000)
    assert finds.statuses[200] > 100
    assert not [status for status in finds.statuses if status >= 500]
