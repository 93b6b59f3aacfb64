"""Figures: what one number of a sentence measures, of whom and when, in the light of the text before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.documents.lexicon import Lexicon
from etl.documents.passages import CONTEXT_CHARACTERS
from etl.documents.prose.binding import Scene
from etl.documents.prose.found import FoundClaim
from etl.documents.prose.indicators import (
    WITH_WEAPON,
    Understanding,
    choose_unit,
    find_weapon,
    name_indicator,
)
from etl.documents.prose.measures import ARMS, OTHER, REVERSE, Cue, CueFinder
from etl.documents.prose.memory import ARMS_FAMILY, TRADE_FAMILY, Remembered, TextMemory
from etl.documents.prose.origins import ASSUMED, CARRIED, STATED, Origin, Origins
from etl.documents.prose.parsed_sentences import ParsedSentence
from etl.documents.prose.period_builders import PRESENT, turn_into_target
from etl.documents.prose.period_choice import ChosenPeriod, PeriodChooser
from etl.documents.prose.quantities import Quantity
from etl.documents.prose.quantity_forms import BARE, COUNT, SHARE, VOLUME, WORDED
from etl.documents.prose.roles import Casting, cast_parties, list_flow_words
from etl.documents.prose.wording import FigureWording
from etl.periods import Period
from etl.vocabulary.series_codes import ALL_COMMODITIES, CRUDE_OIL, WORLD

ARMS_MEASURES = frozenset({ARMS, "arms_import_volume"})
COUNT_CODES = frozenset({"units_ordered", "units_delivered", "units_pending", "agreement_count"})
MILITARY = "military_expenditure"
WORLD_SHARES = frozenset({"world_arms_import_share", "world_arms_export_share"})
# From the surest to the least sure.
HOWS = (STATED, CARRIED, ASSUMED)
_REVERSED = {"exports": "imports", "imports": "exports"}
_CAPITAL = re.compile(r"[A-Z]")


@dataclass(frozen=True)
class NamedMeasure:
    """What a figure measures: the code and the word that says so; the code of the figures before it."""

    code: str | None
    cue: Cue | None
    topic: str | None
    before: Remembered | None


@dataclass(frozen=True)
class FigureReading:
    """What the words say of one figure: its measure and its time."""

    indicator: str | None
    said: Understanding
    cue: Cue | None
    chosen: ChosenPeriod
    recent: Remembered | None
    measure: Origin

    @property
    def is_set(self) -> bool:
        """Whether it is a level to be reached."""
        return self.said.is_target and not self.said.is_change


class FigureReader:
    """Reads the figures of sentences with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon, *, cues: CueFinder) -> None:
        self._cues = cues
        self._wording = FigureWording(lexicon)
        self._periods = PeriodChooser(lexicon)
        self._flows = list_flow_words(lexicon)
        self._asides = frozenset(lexicon.list_phrases("flows", "asides"))
        self._rupee_scales = lexicon.list_phrases("rupee_scales", "words")

    def read_sentence(self, parsed: ParsedSentence, *, text: str, memory: TextMemory) -> list[FoundClaim]:
        """Every figure of a sentence that is a claim; what it says is kept in memory."""
        memory.open_sentence(parsed)
        scene = parsed.scene
        sayer = self._wording.find_sayer(scene.plain) if scene.quantities else None
        claims = []
        for quantity in scene.quantities:
            read = self._read(parsed, quantity, memory)
            if read is not None:
                claims.append(
                    self._build_claim(parsed, quantity, read, text=text, memory=memory, sayer=sayer)
                )
        memory.close_sentence(parsed)
        return claims

    def _read(self, parsed: ParsedSentence, quantity: Quantity, memory: TextMemory) -> FigureReading | None:
        scene = parsed.scene
        is_change = self._wording.is_change(scene.plain, quantity)
        named = _name_measure(quantity, *self._choose_cue(parsed, quantity, memory, is_change=is_change))
        if _says_nothing(scene.plain, quantity, named.code):
            return None
        family = _choose_family(named.code, quantity, memory)
        # "The same period" is the one of the last figure, of whatever family.
        recent = (memory.last_period if parsed.says_same else None) or memory.recall_period(family)
        chosen = self._periods.choose(
            scene,
            quantity,
            parsed.periods,
            is_change=is_change,
            recent=None if recent is None else recent.period,
        )
        is_target = self._cues.is_target(
            scene, quantity, parsed.cues, period=chosen.mention, published_on=memory.published_on
        )
        said = self._understand(parsed, quantity, memory, named, is_change=is_change, is_target=is_target)
        read = FigureReading(
            indicator=name_indicator(quantity, said),
            said=said,
            cue=named.cue,
            chosen=chosen,
            recent=recent,
            measure=_find_measure_origin(quantity, named, here=memory.at),
        )
        # Kept before the next figure is read: the second of a sentence goes on from the first.
        _keep_in_memory(read, quantity, memory, family=family)
        return read

    def _understand(
        self,
        parsed: ParsedSentence,
        quantity: Quantity,
        memory: TextMemory,
        named: NamedMeasure,
        *,
        is_change: bool,
        is_target: bool,
    ) -> Understanding:
        """What the words around a figure and before it say of its measure."""
        plain, code, topics = parsed.scene.plain, named.code, {named.topic, memory.last_code}
        share_of = self._find_share_of(parsed.scene, quantity, memory, is_new=named.cue is not None)
        is_of_gdp = self._cues.is_of_gdp(plain, quantity)
        # "2.4 per cent of GDP" in a text on military spending.
        if is_of_gdp and code in {None, OTHER} and MILITARY in {*topics, *_list_codes(parsed)}:
            code = MILITARY
        return Understanding(
            code=code,
            is_change=is_change,
            is_target=is_target,
            is_two_way=self._cues.is_two_way(plain, quantity),
            says_share=self._cues.says_share(plain, quantity),
            share_of=share_of,
            flow=parsed.flow,
            speaks_of_arms=ARMS in topics or parsed.speaks_of_arms or parsed.has_window,
            is_inherited=named.cue is None,
            is_of_gdp=is_of_gdp,
            has_goods=parsed.has_goods,
        )

    def _find_share_of(
        self, scene: Scene, quantity: Quantity, memory: TextMemory, *, is_new: bool
    ) -> str | None:
        """Of what a percentage is a part: said beside it, by a rank before it, or as of the one before."""
        if quantity.kind != SHARE or quantity.unit != "PERCENT":
            return None
        said = self._cues.name_share(scene.plain, quantity)
        if said is None and memory.share_of != ARMS and self._cues.is_ranked(scene.plain, quantity):
            said = memory.share_of or "world_arms_import_share"
        elif said is None and memory.share_at == memory.at and not is_new:
            said = memory.share_of
        memory.share_of, memory.share_at = said, memory.at
        return said

    def _choose_cue(
        self, parsed: ParsedSentence, quantity: Quantity, memory: TextMemory, *, is_change: bool
    ) -> tuple[Cue | None, Remembered | None]:
        """The word that says what a figure measures, and what the figures before it measured."""
        scene, last = parsed.scene, memory.last_measure if memory.last_code is not None else None
        topic = memory.recall_measure(quantity.kind, is_listed=parsed.is_listed)
        listed = self._cues.take_in_order(scene, quantity, parsed.cues)
        if listed is not None:
            return listed, topic
        cue = self._cues.choose(scene, quantity, parsed.cues, is_change=is_change)
        # "It was $13 billion": the pronoun stands for what was measured before.
        if last is not None and self._cues.leans_back(scene.plain, quantity, cue):
            return None, last
        before = _find_figure_before(scene, quantity)
        if before is not None and cue is not None and cue.end <= before.start and topic and topic.code:
            # Nothing new is named since the figure before: it goes on with the same.
            return None, topic
        if is_change and last is not None and (cue is None or cue.start >= quantity.end):
            # What changed is named before its change, in this sentence or the one before.
            return None, last
        return cue, topic

    def _build_claim(
        self,
        parsed: ParsedSentence,
        quantity: Quantity,
        read: FigureReading,
        *,
        text: str,
        memory: TextMemory,
        sayer: str | None,
    ) -> FoundClaim:
        sentence, plain = parsed.sentence, parsed.scene.plain
        start, end = sentence.locate(quantity.start, quantity.end)
        period, readings = _settle_period(read)
        areas = self._cast(parsed, quantity, read, memory)
        return FoundClaim(
            stated_as=text[start:end],
            read_as=quantity.read_as,
            char_start=start,
            char_end=end,
            paragraph=1,
            prefix=text[max(0, start - CONTEXT_CHARACTERS) : start],
            suffix=text[end : end + CONTEXT_CHARACTERS],
            value=quantity.value,
            unit_measure=self._name_unit(quantity, read.said),
            hedge=self._read_hedge(plain, quantity, read),
            indicator=read.indicator,
            ref_area=areas[0],
            counterpart_area=areas[1],
            commodity=_name_commodity(parsed, quantity, read.indicator, memory),
            period=period,
            baseline=read.chosen.baseline,
            is_change=read.said.is_change,
            attributed_to=sayer,
            sentence=text[sentence.start : sentence.end].strip(),
            readings=tuple(reading for reading in readings if reading),
            origins=_find_origins(parsed, memory, read, areas=areas, period=period),
            direction=self._wording.read_direction(plain, quantity) if read.said.is_change else None,
        )

    def _name_unit(self, quantity: Quantity, said: Understanding) -> str:
        """The unit of a figure: of a level of military spending as a part of GDP, that one."""
        is_of_gdp = said.is_of_gdp and said.code == MILITARY and quantity.unit == "PERCENT"
        if is_of_gdp and not said.is_change:
            return "PERCENT_OF_GDP"
        return choose_unit(quantity, rupee_scales=self._rupee_scales)

    def _read_hedge(self, plain: str, quantity: Quantity, read: FigureReading) -> str:
        """The hedge before a figure, or that it is a target."""
        hedge = self._wording.read_hedge(plain, quantity)
        # A hedge says more of a target than that it is one: "at least $100 billion by 2030".
        return "target" if read.is_set and hedge == "exact" else hedge

    def _cast(
        self, parsed: ParsedSentence, quantity: Quantity, read: FigureReading, memory: TextMemory
    ) -> tuple[str | None, str | None]:
        plain = parsed.scene.plain
        return cast_parties(
            Casting(
                parsed.scene,
                parsed.parties,
                memory.parties,
                self._flows,
                parsed.begins_with_pronoun,
                self._asides,
                parsed.worlds,
            ),
            quantity,
            read.indicator,
            cue=read.cue,
            is_whole=self._cues.is_whole(plain, quantity),
            to_all=self._cues.speaks_of_all_partners(plain),
            is_change=read.said.is_change,
        )


def _list_codes(parsed: ParsedSentence) -> list[str]:
    return [cue.code for cue in parsed.cues]


def _name_measure(quantity: Quantity, cue: Cue | None, before: Remembered | None) -> NamedMeasure:
    """What a figure measures by the word that was chosen for it, or else as the figures before it."""
    topic = None if before is None else before.code
    # "Three of the five batteries": the second number is what was ordered, whatever the first one is.
    code = "units_ordered" if quantity.is_whole else cue.code if cue is not None else topic
    # A count goes on with a count only: "five systems" after a sum of money measures no money.
    if quantity.kind == COUNT and code not in COUNT_CODES:
        code = None
    if code == REVERSE:
        cue, code = None, _REVERSED.get(topic or "", OTHER)
    return NamedMeasure(code, cue, topic, before)


def _keep_in_memory(read: FigureReading, quantity: Quantity, memory: TextMemory, *, family: str) -> None:
    """What a figure leaves to those after it: its measure and its period."""
    if quantity.kind == SHARE and read.indicator in {ARMS, *WORLD_SHARES}:
        memory.share_of = read.indicator
    code = ARMS if read.indicator in ARMS_MEASURES else read.said.code
    memory.keep_measure(code, kind=quantity.kind, origin=read.measure)
    period = read.chosen.period
    if period is not None and period.basis != PRESENT.basis:
        memory.keep_period(period, family=family)


def _says_nothing(plain: str, quantity: Quantity, code: str | None) -> bool:
    """Whether a number with nothing to measure is no figure."""
    return (_is_loose(quantity) and code in {None, OTHER}) or _is_loose_count(plain, quantity, code)


def _is_loose(quantity: Quantity) -> bool:
    """Whether a number is a figure only where something is measured: "68.7 billion", "half"."""
    # "Half" and "a third" stand in every text; only where a share is spoken of are they one.
    is_word = quantity.kind == WORDED and quantity.unit == "PERCENT" and quantity.read_as.isalpha()
    return quantity.kind == BARE or is_word


def _is_loose_count(plain: str, quantity: Quantity, code: str | None) -> bool:
    """Whether a count of things says nothing of weapons: "11 statistical units"."""
    if quantity.kind != COUNT or quantity.unit != "UNITS" or code is not None:
        return False
    # Weapons have names: "five S-400 systems" says so by itself, "11 statistical units" does not.
    return not _CAPITAL.search(plain, quantity.start, quantity.end)


def _find_figure_before(scene: Scene, quantity: Quantity) -> Quantity | None:
    """The figure right before another one, where it is of the same kind and both are levels."""
    pairs = scene.list_pairs(quantity)
    return next((one for one, other in pairs if other is quantity and one.unit == quantity.unit), None)


def _find_measure_origin(quantity: Quantity, named: NamedMeasure, *, here: int) -> Origin:
    """A volume and a count carry their measure in their unit; others have a cue, or go on with one before."""
    if named.cue is not None or quantity.kind in {VOLUME, COUNT} or quantity.is_whole:
        return Origin()
    before = named.before
    return Origin(ASSUMED) if before is None or before.code is None else before.find_origin(here)


def _find_origins(
    parsed: ParsedSentence,
    memory: TextMemory,
    read: FigureReading,
    *,
    areas: Sequence[str | None],
    period: Period,
) -> Origins:
    """How the measure, the parties and the period of a figure come to it."""
    return Origins(
        read.measure,
        _find_party_origin(parsed, memory, areas),
        _find_period_origin(read, period, here=memory.at),
    )


def _find_party_origin(parsed: ParsedSentence, memory: TextMemory, areas: Sequence[str | None]) -> Origin:
    """The weakest of both sides: one that nothing names is assumed, whatever names the other."""
    here = frozenset(one.area for one in parsed.parties)
    named = [area for area in areas if area not in {None, WORLD}]
    if not named and parsed.worlds:
        return Origin()
    origins = [memory.parties.find_origin(area, here=here, at=memory.at) for area in named if area]
    return max(origins, key=lambda one: HOWS.index(one.how), default=Origin(ASSUMED))


def _find_period_origin(read: FigureReading, period: Period, *, here: int) -> Origin:
    chosen = read.chosen
    if (chosen.period is not None and chosen.period.basis != PRESENT.basis) or chosen.mention is not None:
        return Origin()
    if chosen.says_now and not chosen.reading:
        return Origin()
    is_recalled = read.recent is not None and period == read.recent.period
    return read.recent.find_origin(here) if read.recent is not None and is_recalled else Origin(ASSUMED)


def _settle_period(read: FigureReading) -> tuple[Period, list[str]]:
    """The period of a figure, from its own sentence or, where that says none, from what was said before."""
    chosen, recent = read.chosen, read.recent.period if read.recent is not None else None
    if read.indicator == "units_pending":
        # What is pending is pending on the day of the text, whenever it is due.
        return PRESENT, [chosen.reading]
    if read.is_set:
        return turn_into_target(chosen.period), [chosen.reading]
    # A total up to a day was never measured over a period, so nothing later can share it.
    is_silent = chosen.period is None and not chosen.says_now
    if is_silent and recent is not None and recent.basis != "up_to_date":
        reading = f"The sentence states no period; {recent.label} is the one spoken of before."
        return recent, [chosen.reading, reading]
    return chosen.period or PRESENT, [chosen.reading]


def _name_commodity(
    parsed: ParsedSentence, quantity: Quantity, indicator: str | None, memory: TextMemory
) -> str:
    if indicator in {"crude_oil_imports", "crude_oil_import_share"}:
        return CRUDE_OIL
    if indicator not in WITH_WEAPON:
        return ALL_COMMODITIES
    return find_weapon(parsed.scene, quantity, recent=memory.weapon)


def _choose_family(code: str | None, quantity: Quantity, memory: TextMemory) -> str:
    """Articles set shares by window against trade by year: each family keeps the period spoken of last."""
    is_of_arms = code == ARMS or quantity.unit == "TIV_MILLIONS"
    is_of_arms = is_of_arms or (code is None and memory.last_code == ARMS)
    return ARMS_FAMILY if is_of_arms else TRADE_FAMILY
