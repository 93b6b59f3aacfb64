"""One sentence walked through the reader of prose: what each module gives the next, for its README."""

from __future__ import annotations

from etl.countries import load_areas
from etl.documents.lexicon import load_lexicon
from etl.documents.prose import STATED, FoundClaim, Parties
from etl.documents.prose.measures import CueFinder
from etl.documents.prose.parsed_sentences import ParsedSentence, SentenceParser
from etl.documents.prose.period_choice import PeriodChooser
from etl.documents.prose.sentences import SentenceSplitter
from etl.documents.prose.wording import FigureWording
from tests.conftest import DATASETS
from tests.documents.prose.reading import DAY, read

SENTENCE = (
    "Russia's share of Indian arms imports fell from 76 to about 36 per cent between 2009-13 and 2019-23, "
    "while trade rose to $68.7 billion in 2024-25."
)
HOMES = (Parties("IND", "RUS"),)


class Walk:
    """The steps of a reading, each as the lines that the README prints."""

    def __init__(self, text: str) -> None:
        self._lexicon, areas = load_lexicon(), load_areas(DATASETS)
        self._cues = CueFinder(self._lexicon)
        self._text = text
        (self._sentence,) = SentenceSplitter(self._lexicon).split(text)
        parser = SentenceParser(self._lexicon, areas, cues=self._cues)
        self._parsed: ParsedSentence = parser.parse(self._sentence, published_on=DAY)

    def list_sentences(self) -> list[str]:
        """What `sentences` gives."""
        one = self._sentence
        kind = "a heading" if one.is_heading else "no heading"
        return [f"characters {one.start} to {one.end}, block {one.block}, {kind}"]

    def list_mentions(self) -> list[str]:
        """What `parsed_sentences` gives: everything found, and nothing tied together."""
        parsed = self._parsed
        return [
            *(
                f"figure  {self._cut(one.start, one.end):<17} {one.value:f} {one.unit}, {one.kind}, "
                f"read as {one.read_as!r}"
                for one in parsed.scene.quantities
            ),
            *(
                f"period  {self._cut(one.start, one.end):<17} {one.period.basis if one.period else 'none'}, "
                f"list {one.kind}{', a baseline' if one.is_baseline else ''}"
                for one in parsed.periods
            ),
            *(
                f"party   {self._cut(one.start, one.end):<17} {one.area}, {', '.join(sorted(one.roles))}"
                for one in parsed.parties
            ),
            *(f"cue     {self._cut(one.start, one.end):<17} {one.code}" for one in parsed.cues),
            f"breaks  hard at {_join(parsed.scene.hard_breaks)}, soft at {_join(parsed.scene.soft_breaks)}",
        ]

    def list_costs(self) -> list[str]:
        """What `binding` counts: the distance of each period from each figure."""
        scene = self._parsed.scene
        return [
            f"{self._cut(one.start, one.end):<17} "
            + ", ".join(
                f"{self._cut(period.start, period.end)} {scene.measure(one, period):.0f}"
                for period in self._parsed.periods
            )
            for one in scene.quantities
        ]

    def list_choices(self) -> list[str]:
        """What `measures`, `wording` and `period_choice` say of each figure, each for itself."""
        scene, cues, mentions = self._parsed.scene, self._parsed.cues, self._parsed.periods
        wording, periods = FigureWording(self._lexicon), PeriodChooser(self._lexicon)
        lines = []
        for one in scene.quantities:
            is_change = wording.is_change(scene.plain, one)
            cue = self._cues.choose(scene, one, cues, is_change=is_change)
            chosen = periods.choose(scene, one, mentions, is_change=is_change, recent=None)
            lines.append(
                f"{self._cut(one.start, one.end):<17} "
                f"nearest cue {'none' if cue is None else repr(self._cut(cue.start, cue.end))}, "
                f"{'a change' if is_change else 'a level'}, {wording.read_hedge(scene.plain, one)}, "
                f"period {chosen.period.label if chosen.period else 'none'}"
            )
        return lines

    def _cut(self, start: int, end: int) -> str:
        return self._text[start:end]


def list_claims(text: str) -> list[str]:
    """What `reader` gives: the found claims."""
    return [
        f"{one.stated_as:<17} {one.indicator}, {one.ref_area} and {one.counterpart_area}, {one.period.label} "
        f"({one.period.basis}), {one.value:f} {one.unit_measure}, {one.hedge}, "
        f"not stated: {', '.join(_list_not_stated(one)) or 'nothing'}"
        for one in read(text, homes=HOMES)
    ]


def _list_not_stated(claim: FoundClaim) -> list[str]:
    return [slot for slot, origin in claim.origins.items() if origin.how != STATED]


def write_steps() -> dict[str, str]:
    """Each step of the README by its name, with the lines it prints."""
    walk = Walk(SENTENCE)
    steps = {
        "sentences": walk.list_sentences(),
        "parsed_sentences": walk.list_mentions(),
        "binding": walk.list_costs(),
        "period_choice": walk.list_choices(),
        "reader": list_claims(SENTENCE),
    }
    return {name: "\n".join(lines) for name, lines in steps.items()}


def _join(places: tuple[int, ...]) -> str:
    return " and ".join(str(place) for place in places) or "no place"


if __name__ == "__main__":
    for step, printed in write_steps().items():
        print(f"{step}\n{printed}\n")
