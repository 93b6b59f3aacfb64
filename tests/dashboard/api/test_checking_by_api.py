"""Checking by the API: what comes back, what is refused, and that nothing of a text is kept or logged."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import etl
from dashboard.api.resources import check
from tests.dashboard.api.asking import HOME, open_api, read_problem

TEXT = "Russia supplied 36 per cent of India's arms imports in 2019-23, SIPRI said."
THEN = "Russia supplied 49 per cent of India's arms imports in 2016-20."
SECRET = "Quentin Zephyrine"
PLAIN = "text/plain"


def post(
    client: FlaskClient, body: str | bytes | dict[str, Any], *, content_type: str = PLAIN, query: str = ""
) -> TestResponse:
    """A text sent to be checked; a dict goes as JSON."""
    if isinstance(body, dict):
        body, content_type = json.dumps(body), "application/json"
    return client.post(f"{HOME}/check{query}", data=body, content_type=content_type)


def read_report(answer: TestResponse) -> dict[str, Any]:
    """The report of an answer."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    report: dict[str, Any] = json.loads(answer.data)["data"]
    return report


def test_a_text_is_judged_as_the_command_line_judges_it(
    api: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    report = etl.check_text(etl.open_pasted(TEXT, kind="text"), snapshot=built_snapshot)
    expected = json.loads(etl.write_report(report, "json", snapshot=built_snapshot))
    assert read_report(post(api, TEXT)) == expected
    assert read_report(post(api, {"text": TEXT})) == expected
    assert expected["verdicts"]["supported"] == 1


def test_the_day_and_dossier_may_come_with_the_body_or_the_address(api: FlaskClient) -> None:
    fields = {"published_on": "2024-03-12", "dossier": "india_russia"}
    in_body = read_report(post(api, {"text": TEXT, **fields}))
    in_address = read_report(post(api, TEXT, query="?published_on=2024-03-12&dossier=india_russia"))
    assert in_body == in_address
    assert in_body["claims"][0]["then"]["verdict"] == "supported"


def test_an_earlier_day_judges_by_what_was_known_then(api: FlaskClient) -> None:
    now, then = (read_report(post(api, THEN, query=query)) for query in ("", "?as_of=2021-04-01"))
    assert (now["verdicts"]["superseded"], then["verdicts"]["supported"]) == (1, 1)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1252"])
def test_a_text_is_read_in_the_encoding_it_names(charset: str, api: FlaskClient) -> None:
    body = f"{TEXT} It was Delhi’s largest supplier.".encode(charset)
    assert (
        read_report(post(api, body, content_type=f"{PLAIN}; charset={charset}"))["verdicts"]["supported"] == 1
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT, "text/html"),
        (TEXT, ""),
        ("text=36", "application/x-www-form-urlencoded"),
        (TEXT, f"{PLAIN}; charset=rot13"),
    ],
    ids=["html", "none", "form", "no encoding"],
)
def test_another_media_type_is_refused(body: str, content_type: str, api: FlaskClient) -> None:
    read_problem(post(api, body, content_type=content_type), status=415, kind="unsupported-media-type")


def test_a_packed_body_is_refused(api: FlaskClient) -> None:
    answer = api.post(f"{HOME}/check", data=TEXT, content_type=PLAIN, headers={"Content-Encoding": "gzip"})
    read_problem(answer, status=415, kind="unsupported-media-type")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "36",
        '"text"',
        "{}",
        '{"text": 36}',
        '{"text": ""}',
        '{"text": null}',
        '{"text": "36", "more": 1}',
        '{"text": "36", "published_on": "yesterday"}',
        '{"text": "36", "published_on": 5}',
        b"\xff\xfe",
    ],
)
def test_a_body_that_is_not_as_described_is_refused(body: str | bytes, api: FlaskClient) -> None:
    read_problem(post(api, body, content_type="application/json"), status=400, kind="malformed-body")


@pytest.mark.parametrize("body", [b"", b"\xff\xff36"])
def test_plain_text_that_is_none_is_refused(body: bytes, api: FlaskClient) -> None:
    read_problem(post(api, body), status=400, kind="malformed-body")


@pytest.mark.parametrize("text", [" \n ", "\u200b\u200e"])
def test_a_text_without_anything_to_read_is_refused(text: str, api: FlaskClient) -> None:
    for body in (text, {"text": text}):
        read_problem(post(api, body), status=422, kind="text-refused")


def test_an_unknown_dossier_is_refused_wherever_it_is_named(api: FlaskClient) -> None:
    for answer in (
        post(api, {"text": TEXT, "dossier": "nowhere"}),
        post(api, TEXT, query="?dossier=nowhere"),
    ):
        assert "india_russia" in read_problem(answer, status=400, kind="unknown-value")["known"]


@pytest.mark.parametrize(
    "text",
    ["a" * (etl.TEXT_LIMITS.text_bytes + 1), "\u20ac" * (etl.TEXT_LIMITS.text_bytes // 2), "1 " * 30_000],
    ids=["characters", "bytes", "numbers"],
)
def test_what_is_too_large_is_refused(text: str, api: FlaskClient) -> None:
    for body in (text, {"text": text}):
        read_problem(post(api, body), status=413, kind="content-too-large")


def test_a_text_with_more_figures_than_are_shown_is_refused(api: FlaskClient) -> None:
    read_problem(post(api, f"{TEXT}\n" * (etl.TEXT_LIMITS.figures + 1)), status=413, kind="content-too-large")


def test_a_body_larger_than_any_text_is_refused_before_it_is_read(api: FlaskClient) -> None:
    answer = api.post(
        f"{HOME}/check",
        content_type=PLAIN,
        environ_overrides={"CONTENT_LENGTH": str(check.LARGEST_BODY * 50)},
    )
    read_problem(answer, status=413, kind="content-too-large")


def test_nothing_of_a_text_is_logged(
    api: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        post(api, f"{SECRET}: {TEXT}")
        post(api, f'{{"text": "{SECRET}"', content_type="application/json")
        post(api, {"text": TEXT, "published_on": SECRET})
    assert SECRET not in caplog.text
    assert SECRET not in "".join(capfd.readouterr())


def test_no_problem_repeats_the_text(api: FlaskClient) -> None:
    bodies = (f'{{"text": "{SECRET}"', json.dumps({"text": TEXT, SECRET: SECRET}), json.dumps([SECRET]))
    for body in bodies:
        assert SECRET not in post(api, body, content_type="application/json").text


def test_a_fault_of_ours_is_told_and_logged_without_the_text(
    built_snapshot: etl.Snapshot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: Any, **_more: Any) -> Any:
        raise ValueError(f"cannot check {text}")

    monkeypatch.setattr(etl, "check_text", fail)
    answer = post(open_api(built_snapshot), f"{SECRET}: {TEXT}")
    problem = read_problem(answer, status=500, kind="fault")
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text + json.dumps(problem)
