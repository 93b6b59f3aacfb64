"""The address of the site: as its operator has set it, and no word of a stranger's Host in any answer."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

import etl
from dashboard.public_address import (
    PUBLIC_VARIABLE,
    PublicAddressError,
    check_hosts,
    find_home,
    read_public_address,
)
from dashboard.site.app import create_app

PUBLIC = "https://figures.example"
CHART = "share_by_window"
# Whatever names an address that leads back to the site.
NAMING = (
    "/",
    "/claims",
    f"/embed/{CHART}",
    f"/download/{CHART}.csv",
    f"/download/{CHART}.svg",
    f"/cite/chart/{CHART}.json",
    f"/cite/chart/{CHART}.txt",
    "/report/india_russia.html",
    "/api/v1/claims?limit=1",
    "/api/v1/openapi.json",
    "/api/v1/",
)
HOSTS = (
    "evil.example",
    "figures.example.evil.example",
    "127.0.0.1:8050",
    "localhost",
    "figures.example:8050",
)
IMPOSSIBLE = (
    "",
    "two hosts",
    'a"><script>',
    "evil.example/path",
    "user@evil.example",
    "evil.example:port",
    "[::1",
    "evil.example:123456",
    "höst.example",
    "a,b",
)


@pytest.fixture(scope="module")
def public_client(built_snapshot: etl.Snapshot) -> FlaskClient:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PUBLIC_VARIABLE, f"{PUBLIC}/")
        client: FlaskClient = create_app(built_snapshot).test_client()
    return client


@pytest.mark.parametrize("path", NAMING)
def test_what_leads_back_to_the_site_names_the_address_that_is_set(
    path: str, public_client: FlaskClient
) -> None:
    answer = public_client.get(path, base_url=PUBLIC)
    assert answer.status_code == 200
    told = answer.text + str(answer.headers)
    assert "127.0.0.1" not in told
    assert "//localhost" not in told


@pytest.mark.parametrize("path", ["/", f"/cite/chart/{CHART}.txt", "/api/v1/claims?limit=1"])
def test_links_have_the_scheme_that_is_set_whatever_a_proxy_speaks_behind(
    path: str, public_client: FlaskClient
) -> None:
    answer = public_client.get(path, base_url="http://figures.example")
    assert f"{PUBLIC}/" in answer.text
    assert "http://figures.example" not in answer.text


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/no/such/page", "/api/v1/claims"])
def test_another_host_is_refused_where_the_address_is_set(
    host: str, path: str, public_client: FlaskClient
) -> None:
    answer = public_client.get(path, headers={"Host": host})
    assert answer.status_code == 421
    assert "evil" not in answer.text


def test_the_usual_port_is_no_other_host(public_client: FlaskClient) -> None:
    answer = public_client.get("/claims", base_url=PUBLIC, headers={"Host": "FIGURES.example:443"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_whoever_watches_the_server_may_call_it_as_it_is_called_there(
    path: str, public_client: FlaskClient
) -> None:
    assert public_client.get(path, headers={"Host": "10.0.0.7:8050"}).status_code == 200


@pytest.mark.parametrize("host", IMPOSSIBLE)
def test_a_host_that_cannot_be_is_refused_and_not_repeated(host: str, client: FlaskClient) -> None:
    answer = client.get("/", environ_overrides={"HTTP_HOST": host.encode().decode("latin-1")})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost", "[::1]:8050", "my-machine.lan"])
def test_without_a_setting_the_site_answers_under_every_name(host: str, client: FlaskClient) -> None:
    assert f"http://{host}/claims" in client.get("/claims", headers={"Host": host}).text


@pytest.mark.parametrize(
    "text",
    ["figures.example", "ftp://figures.example", "https://", "https://a.example/path", "https://u@a.example"],
)
def test_a_setting_that_is_no_address_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PUBLIC_VARIABLE, text)
    with pytest.raises(PublicAddressError, match=r"such as https://figures\.example"):
        read_public_address()


def test_the_home_ends_without_a_slash() -> None:
    server = Flask(__name__)
    check_hosts(server, public_address=None)
    with server.test_request_context(base_url="http://127.0.0.1:8050/"):
        assert find_home() == "http://127.0.0.1:8050"
