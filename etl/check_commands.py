"""Commands about texts: checking the figures of one, and drafting the record of a document."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from etl.errors import InputError, UnknownRowError
from etl.terminal import FINDINGS, FINE, notices, refuse_clearly
from etl.whole_files import say_access, write_whole

if TYPE_CHECKING:
    from etl.documents.opened_text import OpenedText
    from etl.snapshot import Snapshot

STANDARD_INPUT = "-"
# More than any text that is opened: what is too large is refused without reading all of it.
MOST_BYTES = 32_000_000


def read_day(text: str) -> date:
    """A day as people type it on a command line.

    Raises: BadParameter where it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a date such as 2024-03-31.") from error


File = Annotated[str, typer.Argument(help="A text, Markdown, HTML or PDF file; - reads standard input.")]
Published = Annotated[
    date | None,
    typer.Option(parser=read_day, metavar="DATE", help="The day the text came out, where it does not say."),
]
SnapshotFolder = Annotated[
    Path | None, typer.Option(help="A snapshot, or a folder of them; by default the newest.")
]
DossierId = Annotated[
    str | None, typer.Option(help="Whose two sides are meant where the text does not name both.")
]


def check_command(
    file: File,
    format_name: Annotated[
        Literal["text", "json", "html", "markdown"],
        typer.Option("--format", help="How the report is written."),
    ] = "text",
    published: Published = None,
    as_of: Annotated[
        date | None,
        typer.Option(parser=read_day, metavar="DATE", help="Judge by what was known on this day."),
    ] = None,
    snapshot: SnapshotFolder = None,
    dossier: DossierId = None,
) -> None:
    """Find the figures of a text and hold each against the statistics; exit 1 if one is contradicted."""
    from etl.checking import check_text, write_report
    from etl.snapshot import open_snapshot

    with refuse_clearly(as_json=format_name == "json"):
        opened = read_input(file)
        house = open_snapshot(snapshot)
        report = check_text(opened, snapshot=house, published_on=published, as_of=as_of, dossier=dossier)
        typer.echo(write_report(report, format_name, snapshot=house), nl=False)
    raise typer.Exit(FINDINGS if report.count_marks()["contradicted"] else FINE)


def draft_command(
    file: File,
    dossier: DossierId = None,
    published: Published = None,
    document_id: Annotated[
        str | None, typer.Option("--id", help="Id of the document; by default from its title and day.")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="File to write to; it must not exist yet.")] = None,
    text_to: Annotated[
        Path | None, typer.Option(help="File for the text itself, as the positions count it.")
    ] = None,
    snapshot: SnapshotFolder = None,
) -> None:
    """Write the record of a document for a person to finish."""
    from etl.checking.draft import draft_document, name_document
    from etl.snapshot import open_snapshot

    with refuse_clearly(as_json=False):
        opened = read_input(file)
        house = open_snapshot(snapshot)
        named = document_id or name_document(opened.title, published or opened.published_on)
        chosen = find_dossier(house, dossier, text=opened.text)
        drafted = draft_document(
            opened, snapshot=house, document_id=named, dossier=chosen, published_on=published
        )
        if text_to is not None:
            write_new_file(text_to, opened.text)
        if to is None:
            typer.echo(drafted, nl=False)
        else:
            write_new_file(to, drafted)
            notices.print(f"{to}: drafted; finish what is marked “to do”", markup=False)
    raise typer.Exit(FINE)


def benchmark_command(
    labels: Annotated[Path, typer.Argument(help="Labelled texts, one JSON object a line.")],
    answers: Annotated[
        Path | None, typer.Option(help="Another reader's answers, one JSON object a line; by default ours.")
    ] = None,
    details: Annotated[bool, typer.Option("--details", help="Print each figure that differs.")] = False,
    snapshot: SnapshotFolder = None,
) -> None:
    """Score a reader on labelled texts; exit 1 if it calls a figure contradicted that is not."""
    from etl.checking.benchmark import answer_text, load_lines, score_answers, write_score
    from etl.snapshot import open_snapshot

    with refuse_clearly(as_json=False):
        labelled = load_lines(labels)
        if answers is not None:
            given = load_lines(answers)
        else:
            house = open_snapshot(snapshot)
            given = [answer_text(label, snapshot=house) for label in labelled]
        score = score_answers(labelled, given)
        for line in write_score(score, details=details):
            typer.echo(line)
    raise typer.Exit(FINDINGS if score.summarise()["wrongly contradicted"] else FINE)


def read_input(file: str) -> OpenedText:
    """The text of a file or of standard input.

    Raises: TextRefusedError where it cannot be read as text.
    """
    from etl.documents.opened_text import open_text, open_text_file

    if file == STANDARD_INPUT:
        return open_text(sys.stdin.buffer.read(MOST_BYTES))
    return open_text_file(Path(file))


def find_dossier(snapshot: Snapshot, dossier: str | None, *, text: str) -> str:
    """The id of the dossier that was named, or of the only one, or of the one whose two sides a text names.

    Raises: UnknownRowError where the snapshot has no such dossier, or the text leaves open which is meant.
    """
    from etl.checking import list_named_dossiers

    if dossier is not None:
        return snapshot.dossier(dossier).dossier_id
    known = snapshot.table("dossiers")["dossier_id"].to_list()
    fitting = known if len(known) == 1 else list_named_dossiers(text, snapshot=snapshot)
    if len(fitting) != 1:
        named = "the sides of several" if fitting else "not both sides of any"
        raise UnknownRowError(
            f"which dossier is it for? The text names {named}. Name one with --dossier: {', '.join(known)}."
        )
    return str(fitting[0])


def write_new_file(path: Path, text: str) -> None:
    """Write a file that is not there yet, or is there with this very text, with its line ends as they are.

    Raises: InputError where another is there; FileAccessError where it cannot be written.
    """
    content = text.encode()
    with say_access(path):
        if path.exists() and path.read_bytes() != content:
            raise InputError(path, problem="the file exists", remedy="Name a new file.")
    write_whole(path, content)
