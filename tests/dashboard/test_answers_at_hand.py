"""Answers that stay are sent again without the application; whatever they depend on leads to another one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

import etl
from dashboard.routes.lasting import LASTING_MARK
from dashboard.site.app import create_app
from dashboard.site.bounded_requests import BoundedRequests
from tests.apart import run_apart

Headers = dict[str, str]
PLAIN: Headers = {"host": "one.example", "accept-encoding": "gzip"}


@dataclass
class Counted:
    """A WSGI application that counts what it is asked."""

    application: Any
    asked: int = 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """One request; WSGI."""
        self.asked += 1
        return self.application(environ, start_response)


@dataclass
class Client:
    """Asks one worker."""

    application: Any
    counted: Counted = field(init=False)
    worker: BoundedRequests = field(init=False)

    def __post_init__(self) -> None:
        self.counted = Counted(self.application)
        self.worker = BoundedRequests(self.counted)

    def get(self, target: str, headers: Headers | None = None) -> tuple[int, dict[str, str], bytes]:
        """The status, headers and body of an answer."""
        path, _, query = target.partition("?")
        told = [(name.encode(), text.encode()) for name, text in (headers or PLAIN).items()]
        scope = {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "http_version": "1.1",
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": told,
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        run_apart(self.worker(scope, receive, send))
        answered = {name.decode(): text.decode() for name, text in sent[0]["headers"]}
        return sent[0]["status"], answered, b"".join(message["body"] for message in sent[1:])


@pytest.fixture
def client(built_snapshot: etl.Snapshot) -> Client:
    return Client(create_app(built_snapshot))


def test_a_page_asked_for_again_costs_the_application_nothing_and_is_the_same(client: Client) -> None:
    first = client.get("/trade")
    assert first[0] == 200
    assert client.get("/trade") == first
    assert client.counted.asked == 1


def test_a_reader_who_has_the_page_gets_no_body_and_every_header_but_those_of_one(client: Client) -> None:
    _, headers, _ = client.get("/trade")
    status, known, body = client.get("/trade", {**PLAIN, "if-none-match": headers["etag"]})
    assert (status, body, known["etag"]) == (304, b"", headers["etag"])
    assert known["content-security-policy"] == headers["content-security-policy"]
    assert "content-encoding" not in known
    assert client.counted.asked == 1


@pytest.mark.parametrize(
    "change",
    [
        {"host": "two.example"},
        {"accept-encoding": "br"},
        {"accept-encoding": "identity"},
        {"x-forwarded-proto": "https"},
        {"x-forwarded-host": "two.example"},
        {"sec-ch-ua-mobile": "?1"},
        {"user-agent": "Mobile Safari, Mobi"},
        {"if-none-match": '"another"'},
        {"range": "bytes=0-9"},
        {"content-length": "4"},
        {"transfer-encoding": "chunked"},
    ],
    ids=str,
)
def test_a_request_that_differs_in_what_answers_depend_on_is_put_to_the_application(
    client: Client, change: Headers
) -> None:
    client.get("/trade")
    client.get("/trade", {**PLAIN, **change})
    assert client.counted.asked == 2


@pytest.mark.parametrize(
    "target", ["/nowhere", "/trade?snapshot=absent", "/healthz", "/readyz", "/search.json"]
)
def test_an_answer_that_may_change_is_made_every_time(client: Client, target: str) -> None:
    client.get(target)
    client.get(target)
    assert client.counted.asked == 2


def test_a_host_that_cannot_be_is_refused_however_often_its_page_was_asked_for(client: Client) -> None:
    wrong = {**PLAIN, "host": "one.example/<script>"}
    assert [client.get("/trade", wrong)[0] for _ in range(2)] == [400, 400]


def test_an_answer_that_went_wrong_is_not_kept() -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        environ[LASTING_MARK] = True
        start_response("503 Service Unavailable", [])
        return [b"later"]

    client = Client(application)
    client.get("/")
    client.get("/")
    assert client.counted.asked == 2
