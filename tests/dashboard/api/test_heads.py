"""Heads and the page for people: what programs find in a page, and that it is safe and true."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

import etl
from dashboard.api import list_routes, write_head_links
from dashboard.api.problems import KINDS
from dashboard.pages import find_pages
from tests.dashboard.api.asking import HOME

HOST = "https://figures.example"
PATHS = [page.card.path for page in find_pages()]


def read_dataset(head: str) -> dict[str, Any]:
    """schema.org's description in a head."""
    script = LexborHTMLParser(head).css_first('script[type="application/ld+json"]')
    assert script is not None
    dataset: dict[str, Any] = json.loads(script.text())
    return dataset


def test_a_head_describes_the_snapshot_as_a_dataset(built_snapshot: etl.Snapshot) -> None:
    dataset = read_dataset(write_head_links(built_snapshot, "/", host=HOST))
    assert dataset["@type"] == "Dataset"
    assert dataset["version"] == built_snapshot.snapshot_id
    assert built_snapshot.snapshot_id in dataset["citation"]
    assert {"name", "description", "creator", "license", "temporalCoverage"} <= set(dataset)
    first, _, last = dataset["temporalCoverage"].partition("/")
    assert date.fromisoformat(first) < date.fromisoformat(last) <= built_snapshot.as_of
    publishers = {entry["publisher"]["name"] for entry in dataset["isBasedOn"]}
    assert publishers == set(built_snapshot.table("sources")["publisher"])


@pytest.mark.parametrize("path", PATHS)
def test_every_address_in_a_head_answers_with_the_type_it_says(path: str, client: FlaskClient) -> None:
    head = LexborHTMLParser(client.get(path).text).css_first("head")
    assert head is not None
    links = head.css('link[rel="alternate"]')
    assert links
    for link in links:
        answer = client.get(str(link.attributes["href"]))
        assert (answer.status_code, answer.mimetype) == (200, link.attributes["type"])
    for file in read_dataset(str(head.html))["distribution"]:
        answer = client.get(file["contentUrl"].removeprefix("http://localhost"))
        assert (answer.status_code, answer.mimetype) == (200, file["encodingFormat"])


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_its_own_address_and_the_description(path: str, client: FlaskClient) -> None:
    page = LexborHTMLParser(client.get(f"{path}?as_of=2024-12-31").text)
    canonical = page.css_first('link[rel="canonical"]')
    described = page.css_first('link[rel="service-desc"]')
    assert canonical is not None
    assert described is not None
    assert canonical.attributes["href"] == f"http://localhost{path}"
    assert client.get(str(described.attributes["href"])).mimetype == "application/json"


def test_nothing_in_an_address_gets_out_of_the_head(built_snapshot: etl.Snapshot) -> None:
    hostile = '/"><script>alert(1)</script>'
    page = LexborHTMLParser(write_head_links(built_snapshot, hostile, host='http://x"></script><b>'))
    assert [node.attributes.get("type") for node in page.css("script")] == ["application/ld+json"]
    assert page.css("b") == []


def test_the_page_for_people_explains_every_route_and_problem(client: FlaskClient) -> None:
    answer = client.get(f"{HOME}/")
    words = LexborHTMLParser(answer.text).text()
    for route in list_routes():
        assert f"{route.method} {HOME}{route.path}" in words
        assert all(parameter.name in words for parameter in route.parameters)
    for name, kind in KINDS.items():
        assert f'id="{name}"' in answer.text
        assert kind.title in words


def test_every_example_of_the_page_for_people_answers(client: FlaskClient) -> None:
    links = LexborHTMLParser(client.get(f"{HOME}/").text).css(f'a[href^="{HOME}/"]')
    assert len(links) > 4
    for link in links:
        assert client.get(str(link.attributes["href"])).status_code == 200


def test_the_page_for_people_runs_no_script_and_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get(f"{HOME}/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script" not in policy
    page = LexborHTMLParser(answer.text)
    assert page.css("script") == []
    for link in page.css('link[rel="stylesheet"]'):
        assert client.get(str(link.attributes["href"])).status_code == 200
