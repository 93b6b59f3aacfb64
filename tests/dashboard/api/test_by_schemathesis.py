"""The whole API held against its own description by schemathesis, through WSGI.

FOOTNOTED_API_EXAMPLES is the number of examples for each operation, beside those at the limits of every
parameter.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

import etl
from dashboard.api import IS_LIMITED
from dashboard.app import create_app
from tests.dashboard.api.asking import HOME

USUAL_EXAMPLES = 5
EXAMPLES_VARIABLE = "FOOTNOTED_API_EXAMPLES"
# A schema cannot say which values fit together: which cursor to a question, which choice to a chart, which
# bytes are a text. Such a value may be refused, though it has the form that is described.
BY_MEANING = {"cursor", "window", "show", "vintage", "text"}
ACCEPTANCE = "positive_data_acceptance"


@dataclass
class Finds:
    """What a run found: cases by status, and failed checks with the request that shows each."""

    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def run_schemathesis(snapshot: etl.Snapshot, *, examples: int) -> Finds:
    """Every case of every operation, checked."""
    server = create_app(snapshot).server
    server.config[IS_LIMITED] = False
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "workers": 1,
            "continue-on-failure": True,
            "headers": {"Accept-Encoding": "identity"},
            "generation": {"max-examples": examples, "database": "none", "deterministic": True},
            "phases": {"stateful": {"enabled": False}},
        }
    )
    schema = schemathesis.openapi.from_wsgi(f"{HOME}/openapi.json", server, config=config)
    finds = Finds()
    for event in from_schema(schema).execute():
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


@pytest.mark.slow
def test_schemathesis_finds_no_fault_and_nothing_that_is_not_described(built_snapshot: etl.Snapshot) -> None:
    finds = run_schemathesis(built_snapshot, examples=int(os.environ.get(EXAMPLES_VARIABLE, USUAL_EXAMPLES)))
    print(f"\nschemathesis: {finds.statuses.total():,} cases: {dict(sorted(finds.statuses.items()))}")
    assert finds.failures == []
    assert finds.statuses.total() > 3_000
    assert finds.statuses[200] > 100
    assert not [status for status in finds.statuses if status >= 500]
