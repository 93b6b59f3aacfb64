"""The route that checks a text: what it answers, what it refuses, and that it keeps and logs nothing."""

from __future__ import annotations

import io
import json
import logging
import re
import tempfile
from typing import Any

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from werkzeug import formparser

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache
from dashboard.components.checked_text import REPORT_FILES
from dashboard.components.markup import write_markup
from dashboard.page_contract import PageContext
from dashboard.pages import check
from dashboard.routes import check as check_route
from dashboard.routes.check import OWN_HEADER, OWN_VALUE, PATH

OWN = {OWN_HEADER: OWN_VALUE}
TEXT = "Russia supplied 36 per cent of India's arms imports in 2019-23, SIPRI said."
SECRET = "Quentin Zephyrine"


def post(
    client: FlaskClient, *, headers: dict[str, str] | None = None, **fields: Any
) -> tuple[int, dict[str, Any]]:
    """One form sent from the page: the status and the answer."""
    answer = client.post(
        PATH, data=fields, headers=OWN if headers is None else headers, content_type="multipart/form-data"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, json.loads(answer.data)


def read_answer(answer: dict[str, Any]) -> str:
    """The words of an answer."""
    return LexborHTMLParser(answer["markup"]).text()


def ask_report(client: FlaskClient, **fields: Any) -> dict[str, Any]:
    """The report in JSON that the same form gives."""
    status, answer = post(client, answer="json", **fields)
    assert (status, set(answer)) == (200, {"report"})
    report: dict[str, Any] = json.loads(answer["report"])
    return report


def test_a_text_comes_back_marked_with_evidence_and_without_reports(client: FlaskClient) -> None:
    status, answer = post(client, text=TEXT, published_on="2024-03-12")
    assert (status, set(answer)) == (200, {"status", "markup", "evidence"})
    assert answer["status"] == "1 figure found: 1 supported."
    assert "36 per cent" in answer["evidence"]["check.1"]
    assert post(client, text=TEXT, published_on="2024-03-12", answer="page") == (status, answer)


@pytest.mark.parametrize("format_name", [name for name, _ in REPORT_FILES])
def test_a_report_is_written_when_it_is_asked_for_and_no_other_is(
    format_name: str,
    client: FlaskClient,
    built_snapshot: etl.Snapshot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = etl.check_text(etl.open_text(TEXT.encode()), snapshot=built_snapshot)
    expected = etl.write_report(report, format_name, snapshot=built_snapshot)
    written = []
    write = etl.write_report

    def watch(checked: etl.CheckReport, name: str, **more: Any) -> str:
        written.append(name)
        return write(checked, name, **more)

    monkeypatch.setattr(etl, "write_report", watch)
    post(client, text=TEXT)
    assert written == []
    assert post(client, text=TEXT, answer=format_name) == (200, {"report": expected})
    assert written == [format_name]


def test_an_answer_that_there_is_not_is_refused(client: FlaskClient) -> None:
    for name in ("text", "pdf", ""):
        status, answer = post(client, text=TEXT, answer=name)
        assert status == 422
        assert "html, markdown, json" in answer["refused"]


def test_the_example_of_the_page_shows_every_verdict_but_unresolved(client: FlaskClient) -> None:
    verdicts = ask_report(client, text=check.EXAMPLE, published_on=check.EXAMPLE_DAY)["verdicts"]
    assert {code for code, number in verdicts.items() if number} >= {
        "supported",
        "superseded",
        "not_comparable",
        "contradicted",
    }


def test_a_file_is_read_by_its_kind(client: FlaskClient) -> None:
    page = f"<html><body><p>{TEXT}</p><script>alert(1)</script></body></html>".encode()
    status, answer = post(client, file=(io.BytesIO(page), "wire.html"))
    assert status == 200
    assert ask_report(client, file=(io.BytesIO(page), "wire.html"))["kind"] == "html"
    assert "alert(1)" not in answer["markup"]


def test_the_day_and_dossier_of_the_address_are_used(client: FlaskClient) -> None:
    text = "Russia supplied 49 per cent of India's arms imports in 2016-20."
    now, then = (ask_report(client, text=text, as_of=day) for day in ("", "2021-04-01"))
    assert then["as_of"] == "2021-04-01"
    assert (then["verdicts"]["supported"], now["verdicts"]["superseded"]) == (1, 1)
    assert post(client, text=text, dossier="nowhere")[0] == 422
    assert post(client, text=text, as_of="yesterday")[0] == 422
    assert post(client, text=text, published_on="yesterday")[0] == 422


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {OWN_HEADER: "other"},
        OWN | {"Sec-Fetch-Site": "cross-site"},
        OWN | {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_request_from_elsewhere_is_refused(headers: dict[str, str], client: FlaskClient) -> None:
    assert post(client, headers=headers, text=TEXT)[0] == 403


def test_reading_by_address_is_not_possible(client: FlaskClient) -> None:
    assert client.get(PATH).mimetype == "text/html"
    assert "checked" not in client.get(f"{PATH}?text=36").text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": " \n\t "},
        {"file": (io.BytesIO(b""), "empty.txt")},
        {"file": (io.BytesIO(b"%PDF-1.7\nbroken"), "broken.pdf")},
        {"file": (io.BytesIO(bytes(range(256)) * 40), "picture.png")},
        {"file": (io.BytesIO(b"PK\x03\x04" + b"\0" * 200), "letter.docx")},
        {"text": "1" * (etl.TEXT_LIMITS.text_bytes + 1)},
        {"file": (io.BytesIO(b"1" * 10_000_000), "digits.txt")},
        {"text": "1 " * 300_000},
        {"text": f"{TEXT}\n" * 1_001},
    ],
    ids=[
        "nothing",
        "blank",
        "empty",
        "broken pdf",
        "binary",
        "office",
        "long text",
        "10 MB of digits",
        "numbers",
        "figures",
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(fields: dict[str, Any], client: FlaskClient) -> None:
    status, answer = post(client, **fields)
    assert status in {413, 422}
    assert set(answer) == {"refused"}
    assert re.fullmatch(r"[A-Z“][^\n]+\.", answer["refused"])


def test_a_body_larger_than_any_file_is_refused_before_it_is_read(client: FlaskClient) -> None:
    answer = client.post(
        PATH,
        headers=OWN,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(etl.TEXT_LIMITS.file_bytes * 50)},
    )
    assert answer.status_code == 413
    assert "20 MB" in json.loads(answer.data)["refused"]


@pytest.mark.parametrize(
    "text",
    [
        "9" * 200_000,
        "$" * 50_000,
        "1 " * 20_000,
        "\u202e" * 1000 + TEXT + "\u2066",
        "\x00\x01\x02\x1b[31m" + TEXT,
        "<script>alert(1)</script><img src=x onerror=alert(1)>" + TEXT,
        "(" * 20_000,
        "\ufffe\U000fffff\u0000" + TEXT,
    ],
    ids=["digits", "dollars", "numbers", "direction", "controls", "markup", "brackets", "no characters"],
)
def test_hostile_text_gets_a_plain_answer(text: str, client: FlaskClient) -> None:
    status, answer = post(client, text=text)
    assert status in {200, 422}
    markup = answer.get("markup", "") + "".join(answer.get("evidence", {}).values())
    assert LexborHTMLParser(markup).css("script, img") == []
    assert not {"\u202e", "\x1b", "\x00"} & set(markup)


def test_nothing_of_a_text_is_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        post(client, text=f"{SECRET}: {TEXT}")
        post(client, text=f"{SECRET}: {TEXT}", answer="markdown")
        post(client, file=(io.BytesIO(f"%PDF-1.7 {SECRET}".encode()), f"{SECRET}.pdf"))
    assert SECRET not in caplog.text
    assert SECRET not in "".join(capfd.readouterr())


def test_a_fault_of_ours_is_confessed_and_logged_without_the_text(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(part: Any) -> str:
        raise ValueError(f"cannot write {part}")

    monkeypatch.setattr(check_route, "write_markup", fail)
    # Libraries that other tests in this process use may have silenced what was there before them.
    monkeypatch.setattr(check_route.LOG, "disabled", False)
    monkeypatch.setattr(logging.root.manager, "disable", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger("dashboard"), "propagate", True)
    status, answer = post(client, text=f"{SECRET}: {TEXT}")
    assert (status, set(answer)) == (500, {"refused"})
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text + answer["refused"]


def test_a_text_larger_than_usual_is_never_put_on_the_disk(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_file(*_arguments: Any, **_more: Any) -> Any:
        raise AssertionError("a temporary file was opened")

    # What werkzeug would keep a large part of a form in.
    monkeypatch.setattr(formparser, "SpooledTemporaryFile", refuse_file)
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse_file)
    long_text = TEXT.encode() + b"\n" * 1_000_000
    assert post(client, file=(io.BytesIO(long_text), "long.txt"))[0] == 200
    assert post(client, text=long_text.decode())[0] == 200


def test_the_page_says_what_is_read_and_that_nothing_is_kept(built_snapshot: etl.Snapshot) -> None:
    context = PageContext(built_snapshot, ChartCache(built_snapshot))
    words = LexborHTMLParser(write_markup(check.build_layout(context, selection=Selection(), rest=""))).text()
    assert "Nothing is kept" in words
    assert "What is not read: pictures and charts" in words
    for code in etl.list_codes("verdict"):
        assert code.label in words


def test_the_page_tells_the_browser_the_limits_of_the_route(built_snapshot: etl.Snapshot) -> None:
    context = PageContext(built_snapshot, ChartCache(built_snapshot))
    markup = write_markup(check.build_layout(context, selection=Selection(), rest=""))
    (form,) = LexborHTMLParser(markup).css("#check-form")
    told = (form.attributes["data-largest-text"], form.attributes["data-largest-file"])
    assert told == (str(etl.TEXT_LIMITS.text_bytes), str(etl.TEXT_LIMITS.file_bytes))
