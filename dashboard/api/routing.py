"""The API as a part of a server: every route read, budgeted, cached, answered and refused in one way."""

from __future__ import annotations

import hashlib
import json
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from polars.exceptions import ColumnNotFoundError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

import etl
from dashboard.address import TooEarlyError
from dashboard.api.contract import FRONT, HOME, Reply, Route
from dashboard.api.description import build_description_route
from dashboard.api.front_page import build_front_route
from dashboard.api.parameters import read_query
from dashboard.api.problems import KINDS, MEDIA_TYPE, ProblemError, quote_briefly
from dashboard.api.requests import Asked
from dashboard.api.resources import find_routes
from dashboard.chart_cache import ChartCache
from dashboard.chart_contract import ChartFaultError
from dashboard.public_address import find_home
from dashboard.snapshot_store import SnapshotStore, UnknownSnapshotError

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS")
SHOWN_HEADERS = "ETag, Link, Retry-After, Content-Disposition"
LINKS = f'<{HOME}/openapi.json>; rel="service-desc", <{FRONT}>; rel="service-doc"'
FAULT = "This is a fault of ours. Nothing of what was sent is kept."
LIVE = "public, max-age=0, must-revalidate"
PINNED = "public, max-age=31536000, immutable"
NEVER = "no-store"
# Another version of any of these may write the same rows otherwise.
HOUSE = (Path(__file__).parents[1], Path(etl.__file__).parent)
LIBRARIES = ("plotly", "polars", "xlsxwriter")
TAG_BYTES = 20
View = Callable[..., Response]


def list_routes() -> tuple[Route, ...]:
    """Every route of the API: the resources, the description of all, and the page that explains it."""
    routes = list(find_routes())
    routes += [build_description_route(routes), build_front_route(routes)]
    return tuple(routes)


def add_api(server: Flask, *, store: SnapshotStore) -> None:
    """Adds the API to a server, under /api/v1."""
    blueprint = Blueprint("api", __name__)
    views: dict[str, dict[str, View]] = {}
    for route in list_routes():
        views.setdefault(route.path, {})[route.method] = _build_view(route, store=store)
    for path, by_method in views.items():
        _add_path(blueprint, re.sub(r"\{(\w+)\}", r"<path:\1>", path), _choose_view(by_method))
    _add_path(blueprint, "/<path:rest>", _refuse_path)
    blueprint.register_error_handler(ProblemError, _refuse)
    blueprint.register_error_handler(HTTPException, _refuse_http)
    blueprint.register_error_handler(Exception, _answer_fault)
    blueprint.app_errorhandler(HTTPStatus.METHOD_NOT_ALLOWED)(_refuse_method)
    blueprint.after_app_request(_add_headers)
    server.register_blueprint(blueprint)


def _add_path(blueprint: Blueprint, path: str, view: View) -> None:
    blueprint.add_url_rule(
        f"{HOME}{path}",
        endpoint=path.replace(".", " "),
        view_func=view,
        # Every method comes here, so that a wrong one is refused in the API's own words.
        methods=METHODS,
        provide_automatic_options=False,
        # Ids in addresses stay as they are sent.
        merge_slashes=False,
    )


def _choose_view(by_method: Mapping[str, View]) -> View:
    """One view of a path: the one of the method that is asked."""
    allowed = [name for name in METHODS if name == "OPTIONS" or name in by_method]
    if "GET" in by_method:
        allowed.insert(allowed.index("GET") + 1, "HEAD")
    by_name = {**by_method, **({"HEAD": by_method["GET"]} if "GET" in by_method else {})}

    def answer(**in_path: str) -> Response:
        if request.method == "OPTIONS":
            return _send_options(allowed)
        if request.method not in by_name:
            raise _find_wrong_method(allowed)
        return by_name[request.method](**in_path)

    return answer


def _build_view(route: Route, *, store: SnapshotStore) -> View:
    def answer(**in_path: str) -> Response:
        declared = {name: [text] for name, text in in_path.items()}
        values = read_query(route.parameters, request.args.to_dict(flat=False))
        for parameter in route.parameters:
            if parameter.place == "path":
                values[parameter.name] = parameter.read(declared[parameter.name])
        whole = _find_whole(store, values)
        if not route.is_of_snapshot:
            return _send(_answer(route, store, whole=whole, values=values), caching=NEVER)
        question = (find_home(), request.path, sorted(request.args.items(multi=True)))
        tag = _write_tag(whole, as_of=values.get("as_of"), question=question)
        rule = PINNED if "snapshot" in values else LIVE
        known = find_match(tag, request.headers.get("If-None-Match", ""))
        if known is not None:
            return _send_unchanged(known, caching=rule)
        return _send(_answer(route, store, whole=whole, values=values), caching=rule, tag=tag)

    return answer


def _write_tag(chart_cache: ChartCache, *, as_of: date | None, question: tuple[object, ...]) -> str:
    """The strong tag of an answer: the code, the snapshot, the day, and what was asked; no table is read."""
    snapshot = chart_cache.snapshot
    day = min(as_of or snapshot.as_of, snapshot.as_of)
    told_by = [hash_code(), snapshot.snapshot_id, day.isoformat(), question]
    return hashlib.blake2b(json.dumps(told_by).encode(), digest_size=TAG_BYTES).hexdigest()


def find_match(tag: str, known: str) -> str | None:
    """What a client that knows some tags (If-None-Match) has of an answer; None where it has none.

    Compressed answers have the tag with the method after a colon, which is then part of what the client has.
    """
    for entry in known.split(","):
        quoted = entry.strip().removeprefix("W/")
        if quoted.startswith('"') and quoted.strip('"').partition(":")[0] == tag:
            return quoted.strip('"')
    return None


@lru_cache(maxsize=1)
def hash_code() -> str:
    """A hash of the code that writes the answers: another version may write the same rows otherwise."""
    told = hashlib.sha256(repr([(name, version(name)) for name in LIBRARIES]).encode())
    for folder in HOUSE:
        for path in sorted(folder.rglob("*.py")):
            told.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return told.hexdigest()


def _find_whole(store: SnapshotStore, values: Mapping[str, Any]) -> ChartCache:
    try:
        return store.find(values.get("snapshot"))
    except UnknownSnapshotError as error:
        message = f"{error.args[0]} See {HOME}/snapshots for those that are."
        raise ProblemError("unknown-snapshot", message, parameter="snapshot") from error


def _read_request(
    route: Route, store: SnapshotStore, *, whole: ChartCache, values: Mapping[str, Any]
) -> Asked:
    try:
        day = whole.turn_back(values.get("as_of"))
    except TooEarlyError as error:
        raise ProblemError("too-early", str(error), parameter="as_of") from error
    if route.body is not None:
        request.max_content_length = route.largest_body
        if request.headers.get("Content-Encoding", "identity") != "identity":
            raise ProblemError("unsupported-media-type", "The body comes as it is, not compressed.")
    return Asked(
        path=request.path,
        values=values,
        store=store,
        whole=whole,
        day=day,
        host=find_home(),
        query=tuple(request.args.items(multi=True)),
        body=request.get_data(cache=False) if route.body is not None else b"",
        media_type=request.mimetype,
        charset=request.mimetype_params.get("charset", "utf-8").lower(),
    )


def _answer(route: Route, store: SnapshotStore, *, whole: ChartCache, values: Mapping[str, Any]) -> Reply:
    try:
        return route.answer(_read_request(route, store, whole=whole, values=values))
    except (etl.SnapshotError, ColumnNotFoundError) as error:
        raise _explain_snapshot(error) from error
    except ChartFaultError as error:
        if isinstance(error.__cause__, etl.SnapshotError | ColumnNotFoundError):
            raise _explain_snapshot(error.__cause__) from error
        current_app.logger.error("%s failed", request.path, exc_info=error)
        raise ProblemError("fault", str(error)) from error


def _explain_snapshot(error: BaseException) -> ProblemError:
    if isinstance(error, etl.SnapshotError):
        return ProblemError("not-ready", "The tables of the snapshot cannot be read.")
    # Columns are only ever added: a snapshot without one is older than this code.
    message = "This snapshot was built by an earlier version, whose tables lack columns that are answered."
    return ProblemError("unknown-snapshot", message, parameter="snapshot")


def _send(reply: Reply, *, caching: str, tag: str | None = None) -> Response:
    response = Response(reply.content, content_type=reply.media_type, headers=dict(reply.headers))
    response.headers["Cache-Control"] = caching
    if tag is not None:
        response.set_etag(tag)
    if reply.file_name is not None:
        response.headers["Content-Disposition"] = f'attachment; filename="{reply.file_name}"'
    following = f'<{reply.following}>; rel="next", ' if reply.following else ""
    response.headers["Link"] = f"{following}{LINKS}"
    return response


def _send_unchanged(tag: str, *, caching: str) -> Response:
    response = Response(status=HTTPStatus.NOT_MODIFIED, headers={"Cache-Control": caching, "Link": LINKS})
    response.set_etag(tag)
    response.vary.add("Accept-Encoding")
    return response


def _refuse(problem: ProblemError) -> Response:
    return Response(
        problem.write(home=FRONT, instance=request.path),
        status=problem.kind.status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": NEVER, "Link": LINKS, **problem.headers},
    )


def _send_options(allowed: Sequence[str]) -> Response:
    headers = {
        "Allow": ", ".join(allowed),
        "Access-Control-Allow-Methods": ", ".join(allowed),
        "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status=HTTPStatus.NO_CONTENT, headers=headers)


def _refuse_path(rest: str) -> Response:
    raise ProblemError(
        "not-found", f"Nothing is at {quote_briefly(rest)}. See {FRONT} for all that there is."
    )


def _find_wrong_method(allowed: Sequence[str]) -> ProblemError:
    text = f"This resource takes {', '.join(allowed)}."
    return ProblemError("method-not-allowed", text, known=allowed, headers={"Allow": ", ".join(allowed)})


def _refuse_method(error: HTTPException) -> Response | HTTPException:
    """A method that HTTP does not know, told of the API's own paths alone."""
    return _refuse(_find_wrong_method(METHODS)) if _is_ours() else error


def _refuse_http(error: HTTPException) -> Response | HTTPException:
    if isinstance(error, RequestEntityTooLarge):
        text = "The body is larger than any text that is checked. Check it in parts."
        return _refuse(ProblemError("content-too-large", text, parameter="text"))
    kinds = [name for name, kind in KINDS.items() if kind.status == error.code]
    if not kinds:
        return error
    # Of the headers of werkzeug's own page, what says when to come back and which methods there are.
    headers = {name: text for name, text in error.get_headers() if name in {"Retry-After", "Allow"}}
    return _refuse(ProblemError(kinds[0], str(error.description), headers=headers))


def _answer_fault(error: Exception) -> Response:
    # The kind of error and its place, never its words: they may quote a text that was sent.
    last = traceback.extract_tb(error.__traceback__)[-1]
    told = (type(error).__name__, last.name, last.lineno, request.path)
    current_app.logger.error("the API failed: %s in %s, line %s, asked for %s", *told)
    return _refuse(ProblemError("fault", FAULT))


def _add_headers(response: Response) -> Response:
    if _is_ours():
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SHOWN_HEADERS
    return response


def _is_ours() -> bool:
    return request.path == HOME or request.path.startswith(FRONT)
