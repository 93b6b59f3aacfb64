"""Pictures of two sides: in the first answer already, and on the scales of both."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient

import etl
from dashboard.address import Selection
from dashboard.chart_cache import ChartCache

PICTURE = "/picture/share_by_window.svg?as_of=2014-03-31"
COMPARED = "/compare?chart=share_by_window&left=@2014-03-31"


def test_a_picture_is_drawn_to_the_scales_of_the_side_it_names(client: FlaskClient) -> None:
    alone, beside = client.get(PICTURE).text, client.get(f"{PICTURE}&beside=%40").text
    assert (">2025<" in alone, ">2025<" in beside) == (False, True)
    assert alone.count("data-point") == beside.count("data-point") > 0


def test_a_side_that_cannot_be_gives_no_picture(client: FlaskClient) -> None:
    assert client.get(f"{PICTURE}&beside=mars").status_code == 404


def test_the_first_answer_has_the_picture_of_each_side(
    client: FlaskClient, built_snapshot: etl.Snapshot
) -> None:
    _, left, right = client.get(COMPARED).text.split("<figure")
    then = ChartCache(built_snapshot).turn_back(date(2014, 3, 31))
    known = {point.row_id for point in then.select_view("share_by_window", Selection()).points}
    for markup, is_then in ((left, True), (right, False)):
        picture = markup.split("<svg")[1].split("</svg>")[0]
        drawn = {part.split('"')[0] for part in picture.split('data-point="')[1:]}
        assert drawn
        assert (drawn <= known) == is_then
        assert ">2025<" in picture
