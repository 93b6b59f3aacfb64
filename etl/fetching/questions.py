"""What is asked of a publisher, and the ways in which asking can fail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.errors import InputError
from etl.fetching.settings import Endpoint
from etl.provenance import slug

# Names of files may have 255 bytes on common disks, ending and hash included; a message is to be read.
LONGEST_NAME, LONGEST_SAYING = 80, 400


class FetchError(InputError):
    """A question to a publisher that cannot be asked, or that brought nothing to keep."""


class UnreachableError(FetchError):
    """A publisher that could not be reached, or whose answer did not arrive whole."""


class RefusedError(FetchError):
    """A publisher that answered with a refusal."""


class UnusableAnswerError(FetchError):
    """An answer that arrived and is not what was asked for."""


@dataclass(frozen=True)
class Question:
    """One request: where to, with which filters, and the name that the file of its answer shall have.

    `secret` is a header that goes with the request. It is no part of the question: it stands in no file, no
    message and no address.
    """

    publisher: str
    endpoint: Endpoint
    url: str
    title: str
    body: Mapping[str, object] | None = None
    secret: tuple[str, str] | None = field(default=None, repr=False, compare=False)

    @property
    def method(self) -> str:
        """GET, or POST where filters go along as JSON."""
        return "GET" if self.body is None else "POST"

    @property
    def key(self) -> str:
        """A short hash of what is asked, and of whether a key went with it."""
        asked = json.dumps([self.method, self.url, self.body, self.secret is not None], sort_keys=True)
        # 64 bits: no two questions of one cache meet by chance; half of them do where a title stands before.
        return hashlib.sha256(asked.encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """A file name, without its ending, that people can tell from others."""
        return f"{slug(self.title)[:LONGEST_NAME].strip('-')}_{self.key[:8]}"

    def __str__(self) -> str:
        body = "" if self.body is None else f" with {json.dumps(self.body)}"
        said = f"{self.method} {self.url}{body}"
        return said if len(said) <= LONGEST_SAYING else f"{said[:LONGEST_SAYING]}..."

    def hide_secret(self, text: str) -> str:
        """A text in which the secret, should a publisher repeat it, is not readable."""
        return text if self.secret is None else text.replace(self.secret[1], "***")
