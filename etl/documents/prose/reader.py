"""The reader of prose: every figure of a text with what it measures, of whom, when, and how it is hedged."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl.countries import AreaBook
from etl.documents.lexicon import Lexicon
from etl.documents.passages import CONTEXT_CHARACTERS, split_paragraphs
from etl.documents.prose.binding import Scene
from etl.documents.prose.casting import cast_parties
from etl.documents.prose.commodities import CRUDE, TOTAL, WITH_WEAPON, find_last_weapon, find_weapon
from etl.documents.prose.found import FoundClaim, Parties
from etl.documents.prose.indicators import ARMS_VOLUME, Understanding, choose_unit, name_indicator
from etl.documents.prose.measures import ARMS, OTHER, Cue, CueFinder
from etl.documents.prose.memory import Remembered, TextMemory
from etl.documents.prose.party_mentions import PartyFinder, PartyMention
from etl.documents.prose.period_choice import PRESENT, SAME, ChosenPeriod, choose_period, turn_into_target
from etl.documents.prose.period_mentions import PeriodFinder, PeriodMention
from etl.documents.prose.quantities import BARE, COUNT, VOLUME, Quantity, QuantityFinder
from etl.documents.prose.repeats import adopt_periods
from etl.documents.prose.roles import Casting, PartyMemory
from etl.documents.prose.sentences import Sentence, split_sentences
from etl.documents.prose.wording import FigureWording
from etl.periods import Period

_HARD = re.compile(r"[;:]|,? \b(?:while|whereas|but|although|though)\b", re.IGNORECASE)
_SOFT = re.compile(r",|\band\b|\bwhich\b", re.IGNORECASE)
_LEAD_IN = re.compile(r":[*_ ]*$")


@dataclass(frozen=True)
class ParsedSentence:
    """One sentence with everything that was found in it; places count from its start."""

    sentence: Sentence
    scene: Scene
    periods: tuple[PeriodMention, ...]
    parties: tuple[PartyMention, ...]
    cues: tuple[Cue, ...]


class ProseReader:
    """Reads figures out of prose with one lexicon and one book of areas; made once, used for many texts."""

    def __init__(self, *, lexicon: Lexicon, areas: AreaBook) -> None:
        self._lexicon = lexicon
        self._quantities = QuantityFinder(lexicon)
        self._periods = PeriodFinder(lexicon)
        self._parties = PartyFinder(lexicon, areas)
        self._cues = CueFinder(lexicon)
        self._wording = FigureWording(lexicon)
        self._masks = [
            re.compile(lexicon.write_pattern(one)) for one in lexicon.list_phrases("masks", "patterns")
        ]
        self._rupee_scales = lexicon.list_phrases("rupee_scales", "words")
        self._totals = lexicon.compile_phrases("cues", "whole")

    def read(
        self, text: str, *, published_on: date | None = None, homes: Sequence[Parties] = ()
    ) -> list[FoundClaim]:
        """Every figure that a text states, in its order.

        `published_on` resolves "last year"; `homes` are the relationships that a text may be about, consulted
        where it names one side and leaves the other to the reader.
        """
        parsed = [
            self._parse(sentence, published_on=published_on)
            for sentence in split_sentences(text, lexicon=self._lexicon)
        ]
        mentioned = frozenset(mention.area for one in parsed for mention in one.parties)
        memory = TextMemory(PartyMemory(homes, mentioned), published_on=published_on)
        paragraphs = [paragraph.char_start for paragraph in split_paragraphs(text)]
        claims = [
            claim
            for one in parsed
            for claim in self._read_sentence(one, text=text, memory=memory, paragraphs=paragraphs)
        ]
        return adopt_periods(claims)

    def _parse(self, sentence: Sentence, *, published_on: date | None) -> ParsedSentence:
        plain = sentence.plain
        masked = [match.span() for pattern in self._masks for match in pattern.finditer(plain)]
        dated = self._periods.find(plain, published_on=published_on, taken=masked)
        firm = [(one.start, one.end) for one in dated if one.kind != "year"]
        quantities = self._quantities.find(plain, taken=[*masked, *firm])
        taken = [(one.start, one.end) for one in quantities]
        periods = [one for one in dated if not _is_inside(one.start, one.end, taken)]
        # A currency's country is no party; the noun of a count may well be a cue.
        money = [(one.start, one.end) for one in quantities if one.kind != COUNT]
        scene = Scene(
            plain,
            tuple(quantities),
            tuple(match.start() for match in _HARD.finditer(plain)),
            tuple(match.start() for match in _SOFT.finditer(plain)),
        )
        return ParsedSentence(
            sentence,
            scene,
            tuple(periods),
            tuple(self._parties.find(plain, taken=money)),
            tuple(self._cues.find(plain, taken=money)),
        )

    def _read_sentence(
        self, parsed: ParsedSentence, *, text: str, memory: TextMemory, paragraphs: list[int]
    ) -> list[FoundClaim]:
        _keep_heading(parsed, memory)
        sayer = self._wording.find_sayer(parsed.scene.plain) if parsed.scene.quantities else None
        claims = []
        for quantity in parsed.scene.quantities:
            claim = self._read_figure(parsed, quantity, text=text, memory=memory)
            if claim is not None:
                number = bisect_right(paragraphs, claim.char_start)
                claims.append(replace(claim, paragraph=max(number, 1), attributed_to=sayer))
        _keep_parties(parsed, memory)
        memory.weapon = find_last_weapon(parsed.scene.plain) or memory.weapon
        return claims

    def _read_figure(
        self, parsed: ParsedSentence, quantity: Quantity, *, text: str, memory: TextMemory
    ) -> FoundClaim | None:
        scene, block = parsed.scene, parsed.sentence.block
        is_change = self._wording.is_change(scene.plain, quantity)
        cue = self._cues.choose(scene, quantity, list(parsed.cues), is_change=is_change)
        topic = memory.recall_measure(quantity.kind, block)
        code = cue.code if cue is not None else topic
        if quantity.is_whole:
            code = "units_ordered"
        if (quantity.kind == BARE and code in {None, OTHER}) or _is_loose_count(scene, quantity, code):
            return None
        family = "arms" if code == ARMS or quantity.unit == "TIV_MILLIONS" else "trade"
        recent = memory.recall_period(family, block)
        if any(one.kind == SAME for one in parsed.periods):
            recent = memory.last_period or recent
        chosen = choose_period(scene, quantity, parsed.periods, is_change=is_change, recent=recent)
        is_target = self._cues.is_target(
            scene, quantity, list(parsed.cues), period=chosen.mention, published_on=memory.published_on
        )
        said = self._understand(
            parsed, quantity, code=code, topic=topic, is_change=is_change, is_target=is_target
        )
        indicator = name_indicator(quantity, said)
        memory.measures[quantity.kind] = Remembered(block, False, code=code)
        period, readings = _settle_period(chosen, recent=recent, is_target=is_target and not is_change)
        if indicator == "units_pending":
            # What is pending is pending on the day of the text, whenever it is due.
            period = PRESENT
        if chosen.period is not None and chosen.period.basis != "present":
            memory.periods[family] = Remembered(block, False, period=chosen.period)
            memory.last_period = chosen.period
        ref_area, counterpart_area = cast_parties(
            Casting(scene, parsed.parties, memory.parties),
            quantity,
            indicator,
            cue=cue,
            is_whole=self._is_whole(scene.plain, quantity),
            to_all=self._cues.speaks_of_all_partners(scene.plain),
        )
        start, end = parsed.sentence.start + quantity.start, parsed.sentence.start + quantity.end
        hedge = self._wording.read_hedge(scene.plain, quantity)
        return FoundClaim(
            stated_as=text[start:end],
            read_as=quantity.read_as,
            char_start=start,
            char_end=end,
            paragraph=1,
            prefix=text[max(0, start - CONTEXT_CHARACTERS) : start],
            suffix=text[end : end + CONTEXT_CHARACTERS],
            value=quantity.value,
            unit_measure=choose_unit(quantity, rupee_scales=self._rupee_scales),
            hedge="target" if is_target and not is_change and hedge == "exact" else hedge,
            indicator=indicator,
            ref_area=ref_area,
            counterpart_area=counterpart_area,
            commodity=_name_commodity(parsed, quantity, indicator, memory),
            period=period,
            baseline=chosen.baseline,
            is_change=is_change,
            attributed_to=None,
            sentence=text[parsed.sentence.start : parsed.sentence.end].strip(),
            readings=tuple(reading for reading in readings if reading),
        )

    def _understand(
        self,
        parsed: ParsedSentence,
        quantity: Quantity,
        *,
        code: str | None,
        topic: str | None,
        is_change: bool,
        is_target: bool,
    ) -> Understanding:
        plain = parsed.scene.plain
        return Understanding(
            code=code,
            speaks_of_arms=topic == ARMS or _speaks_of_arms(parsed),
            is_change=is_change,
            is_target=is_target,
            is_two_way=self._cues.is_two_way(plain, quantity),
            says_share=bool(re.search(r"\bshare\b", plain[: quantity.start], re.IGNORECASE)),
            share_of=self._cues.name_share(plain, quantity),
            flow=next((cue.code for cue in parsed.cues if cue.code in {"exports", "imports"}), None),
        )

    def _is_whole(self, plain: str, quantity: Quantity) -> bool:
        near = plain[max(0, quantity.start - CONTEXT_CHARACTERS) : quantity.end + CONTEXT_CHARACTERS]
        return bool(self._totals.search(near))


def _speaks_of_arms(parsed: ParsedSentence) -> bool:
    has_cue = any(cue.code in {ARMS, ARMS_VOLUME} for cue in parsed.cues)
    return has_cue or any(one.kind == VOLUME for one in parsed.scene.quantities)


def _is_loose_count(scene: Scene, quantity: Quantity, code: str | None) -> bool:
    """Whether a count of things says nothing of weapons: "11 statistical units"."""
    if quantity.kind != COUNT or quantity.unit != "UNITS" or code is not None:
        return False
    return not re.search(r"[A-Z]", scene.plain[quantity.start : quantity.end])


def _settle_period(
    chosen: ChosenPeriod, *, recent: Period | None, is_target: bool
) -> tuple[Period, list[str]]:
    """The period of a figure, from its own sentence or, where that says none, from what was said before."""
    readings = [chosen.reading]
    period = chosen.period
    if period is None and not chosen.says_now and recent is not None and recent.basis != "up_to_date":
        period = recent
        readings.append(f"The sentence states no period; {recent.label} is the one spoken of before.")
    if is_target:
        return turn_into_target(chosen.period), readings[:1]
    return period or PRESENT, readings


def _keep_heading(parsed: ParsedSentence, memory: TextMemory) -> None:
    sentence = parsed.sentence
    stated = [one.period for one in parsed.periods if one.period is not None]
    if len(set(stated)) == 1 and not parsed.scene.quantities:
        memory.last_period = stated[0]
        for family in ("arms", "trade"):
            memory.periods[family] = Remembered(sentence.block, False, period=stated[0])
    is_lead_in = _LEAD_IN.search(sentence.plain) is not None
    if not sentence.is_heading and not is_lead_in:
        return
    periods = list(dict.fromkeys(one.period for one in parsed.periods if one.period is not None))
    codes = [cue.code for cue in parsed.cues if cue.code != "trade_target"]
    if sentence.is_heading and parsed.scene.quantities:
        return
    memory.keep_heading(
        block=sentence.block,
        period=periods[-1] if len(periods) == 1 else None,
        code=codes[0] if codes else None,
    )


def _keep_parties(parsed: ParsedSentence, memory: TextMemory) -> None:
    areas = list(dict.fromkeys(mention.area for mention in parsed.parties))
    if len(areas) == 2:
        memory.parties.pair = (areas[0], areas[1])
    for mention in parsed.parties:
        if "importer_after" in mention.roles:
            memory.parties.importer = mention.area


def _name_commodity(
    parsed: ParsedSentence, quantity: Quantity, indicator: str | None, memory: TextMemory
) -> str:
    if indicator in {"crude_oil_imports", "crude_oil_import_share"}:
        return CRUDE
    if indicator not in WITH_WEAPON:
        return TOTAL
    return find_weapon(parsed.scene, quantity, recent=memory.weapon)


def _is_inside(start: int, end: int, places: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in places)
