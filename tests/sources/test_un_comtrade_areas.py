"""Comtrade's lists of areas: known for what they are, and refused with the reason."""

from __future__ import annotations

import pytest

import etl
from tests.sources.read_back import read_back


@pytest.mark.parametrize(
    "content",
    [
        b"partner_code,partner_desc,is_aggregate_code\r\n0,World,true\r\n699,India,false\r\n",
        b"\xef\xbb\xbfreporterCode;reporterDesc\r\n699;India\r\n",
        b'{"more": false, "results": [{"id": "699", "text": "India", "PartnerCode": 699}]}',
    ],
)
def test_a_list_of_areas_is_refused_as_one(content: bytes) -> None:
    with pytest.raises(etl.InputError, match="it holds codes and names, and no value"):
        read_back(content)
