"""The benchmark: any reader's answers scored against labels, slot by slot, and its own command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import etl
from etl.__main__ import app
from etl.checking.benchmark import answer_text, load_lines, score_answers
from etl.errors import InputError

FIGURE = {
    "stated_as": "$68.7 billion",
    "value": 68.7e9,
    "unit": "USD",
    "indicator": "bilateral_trade",
    "parties": "IND-RUS",
    "period": "2024-25",
    "hedge": "exact",
    "acceptable_verdicts": ["supported"],
}
LABEL = {
    "id": "one",
    "published": "2025-12-01",
    "text": "Trade between India and Russia was $68.7 billion in 2024-25.",
    "figures": [FIGURE],
}


def answer(**other: object) -> dict[str, object]:
    """Another reader's answer to the one label, right but for what is given."""
    return {"id": "one", "figures": [{**FIGURE, "verdict": "supported", **other}]}


def test_our_own_answer_to_a_plain_sentence_is_right_in_every_slot(built_snapshot: etl.Snapshot) -> None:
    score = score_answers([LABEL], [answer_text(LABEL, snapshot=built_snapshot)])

    assert [str(one) for one in score.figures if not (one.is_read and one.is_judged)] == []
    assert score.noise == ()


@pytest.mark.parametrize(
    ("slot", "other"),
    [
        ("value", {"value": 86.7e9}),
        ("unit", {"unit": "INR"}),
        ("measure", {"indicator": "exports"}),
        ("parties", {"parties": "IND-CHN"}),
        ("period", {"period": "2024"}),
        ("hedge", {"hedge": "about"}),
    ],
)
def test_each_slot_that_differs_is_named(slot: str, other: dict[str, object]) -> None:
    (figure,) = score_answers([LABEL], [answer(**other)]).figures

    assert figure.wrong == (slot,)


def test_a_pair_has_no_order_and_a_measure_may_be_written_in_words() -> None:
    (figure,) = score_answers([LABEL], [answer(parties="RUS-IND", indicator="Bilateral trade")]).figures

    assert figure.is_read


def test_a_wrong_contradiction_is_counted_apart_and_so_is_noise() -> None:
    wrong = answer(verdict="contradicted")
    extra = {**FIGURE, "stated_as": "2024-25", "start": 53}

    score = score_answers([LABEL], [{**wrong, "figures": [*wrong["figures"], extra]}])  # type: ignore[misc]

    assert score.summarise()["wrongly contradicted"] == 1
    assert score.noise == ("one '2024-25'",)


def test_a_figure_that_is_not_answered_is_not_found() -> None:
    score = score_answers([LABEL], [])

    assert score.summarise()["found"] == 0


def test_a_line_that_is_no_text_is_refused_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text(f"{json.dumps(LABEL)}\n{{}}\n", encoding="utf-8")

    with pytest.raises(InputError, match="2"):
        load_lines(file)


@pytest.mark.parametrize("day", ["2026-02", "March 2026"])
def test_a_text_published_on_no_day_is_refused_with_its_line(tmp_path: Path, day: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps({"id": "one", "text": "", "figures": [], "published": day}) + "\n")
    with pytest.raises(InputError, match=r"1.*no labelled text"):
        load_lines(path)


def test_the_command_prints_the_counts_of_another_readers_answers(tmp_path: Path) -> None:
    labels, answers = tmp_path / "labels.jsonl", tmp_path / "answers.jsonl"
    labels.write_text(json.dumps(LABEL), encoding="utf-8")
    answers.write_text(json.dumps(answer(verdict="contradicted")), encoding="utf-8")

    result = CliRunner().invoke(app, ["benchmark", str(labels), "--answers", str(answers)])

    assert result.exit_code == 1
    assert "wrongly contradicted" in result.output
