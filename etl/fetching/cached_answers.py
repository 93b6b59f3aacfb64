"""Answers on disk: one folder per question, a half answer never under the name of a whole one.

In the folder of a question: `answer`, the bytes that the publisher sent; `answer.json`, what came with them;
`answer.part` and `answer.part.json`, the same of a download that was interrupted; and the file made of the
answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from etl.errors import BusyFolderError
from etl.fetching.questions import FetchError, Question
from etl.provenance import hash_bytes
from etl.whole_files import hold_folder, write_whole

CACHED_HEADERS = ("content-type", "content-encoding", "date", "etag", "last-modified")


@dataclass(frozen=True)
class CachedAnswer:
    """A whole answer: its bytes, when they came, and the headers that came with them."""

    content: bytes
    retrieved_at: datetime
    headers: Mapping[str, str]


@dataclass(frozen=True)
class PartState:
    """What must be known of half an answer to ask for the rest: by what the server knows the same edition."""

    validator: str
    encoding: str
    total: int | None


@dataclass(frozen=True)
class AnswerPart:
    """The file into which an answer is received."""

    path: Path

    @property
    def state_path(self) -> Path:
        """Where the state lies."""
        return self.path.with_name(f"{self.path.name}.json")

    @property
    def size(self) -> int:
        """Bytes received so far."""
        return self.path.stat().st_size if self.path.exists() else 0

    def find_state(self) -> PartState | None:
        """The state of a download that can go on, or None where it has to start afresh."""
        try:
            state = PartState(**json.loads(self.state_path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return state if state.validator and self.size else None

    def begin(self, state: PartState) -> None:
        """Empty the file, then say what is going to be in it."""
        self.state_path.unlink(missing_ok=True)
        self.path.write_bytes(b"")
        self.state_path.write_text(json.dumps(asdict(state)), encoding="utf-8")

    def discard(self) -> None:
        """Forget what was received."""
        self.state_path.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


def find_answer(folder: Path) -> CachedAnswer | None:
    """The answer that is kept, if there is one and it is whole."""
    try:
        record = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
        content = (folder / "answer").read_bytes()
        if hash_bytes(content) != record["sha256"]:
            return None
        return CachedAnswer(content, datetime.fromisoformat(record["retrieved_at"]), record["headers"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_answer(folder: Path, answer: CachedAnswer, *, question: Question) -> None:
    """Write an answer and its record; a reader never sees a half of either."""
    record = {
        "asked": str(question),
        "url": question.url,
        "body": question.body,
        "retrieved_at": answer.retrieved_at.isoformat(),
        "sha256": hash_bytes(answer.content),
        "bytes": len(answer.content),
        "headers": dict(answer.headers),
    }
    write_whole(folder / "answer", answer.content)
    write_whole(folder / "answer.json", json.dumps(record, indent=1).encode())


def choose_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that say something of the answer; cookies and the like are not kept."""
    return {name: headers[name] for name in CACHED_HEADERS if name in headers}


def read_clock() -> datetime:
    """The present moment, to the second."""
    return datetime.now(tz=UTC).replace(microsecond=0)


@contextmanager
def hold_answer(folder: Path, question: Question) -> Iterator[None]:
    """Keep a second program from receiving the same answer into the same files.

    Raises: FetchError where one is at it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with hold_folder(folder, wait_seconds=0):
            yield
    except BusyFolderError as error:
        problem = "another program is fetching the same answer"
        raise FetchError(str(question), problem=problem, remedy="Wait until it is done.") from error
