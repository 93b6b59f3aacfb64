"""Roles: which of the areas of a sentence imports and which supplies, who reports and with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from etl.documents.lexicon import Lexicon
from etl.documents.prose.binding import Scene, choose_nearest
from etl.documents.prose.found import Parties
from etl.documents.prose.indicators import ARMS_VOLUME, WITH_WEAPON
from etl.documents.prose.measures import ARMS_EXPORTS, Cue
from etl.documents.prose.origins import ASSUMED, CARRIED, DOSSIER, TEXT, Origin, carry
from etl.documents.prose.party_mentions import PartyMention
from etl.documents.prose.quantities import Quantity
from etl.vocabulary.series_codes import WORLD

# Costs and distances are in characters, set by hand so that the tuning texts and the tests hold; README.md
# says what moves when one is halved or doubled.
# A party whose words say that it imports (or supplies) wins over one that is nearer by less than a clause.
ROLE_WORTH = 60
# How far from the word for a flow its reporter and its partner stand: "exports of goods and services to".
FLOW_DISTANCE = 34
ARMS_SHARES = frozenset({"arms_import_share", "arms_export_share", "arms_import_volume"})
ONE_SIDED = frozenset({"world_arms_import_share", "world_arms_export_share", "military_expenditure"})
TWO_SIDED = frozenset({"bilateral_trade", "trade_target", "trade_balance"})
# A party named after one figure may well be the subject of the next, so it costs less than a period would.
OWNED_PARTY = 40
# A supplier after its figure without "from" or "by" is the subject of the next statement.
NEXT_SUBJECT = 80
TARIFF_ROLES = frozenset({"levier_after", "levied_after"})
FLOWS = frozenset(
    {"exports", "imports", "crude_oil_imports", "services_exports", "services_imports", "export_share"}
)


@dataclass
class PartyMemory:
    """What a text has said of its parties so far; later sentences lean on it.

    `given` is the relationship that a text is said to be about, whether or not it names its sides.
    """

    homes: Sequence[Parties]
    mentioned: frozenset[str]
    given: Parties | None = None
    importer: str | None = None
    supplier: str | None = None
    pair: tuple[str, str] | None = None
    last_party: str | None = None
    reporter: str | None = None
    subject: str | None = None
    named_at: dict[str, int] = field(default_factory=dict)

    def find_origin(self, area: str, *, here: frozenset[str], at: int) -> Origin:
        """How an area comes to a sentence that names others, or names it itself."""
        if area in here:
            return Origin()
        if self.given is not None and area in _list_sides(self.given):
            return Origin(CARRIED, DOSSIER)
        if area in self.named_at:
            return carry(self.named_at[area], here=at)
        # Named further on: a text that has one relationship for its subject may name it late.
        return Origin(CARRIED, TEXT) if area in self.mentioned else Origin(ASSUMED)

    def find_home(self, area: str | None = None) -> Parties | None:
        """The relationship that a text is about: given, or both its sides are named."""
        if self.given is not None and (area is None or area in _list_sides(self.given)):
            return self.given
        fitting = [home for home in self.homes if area is None or area in _list_sides(home)]
        both = [home for home in fitting if _list_sides(home) <= self.mentioned]
        return next(iter(both), None)

    def find_other(self, area: str) -> str | None:
        """The other side of the relationship that a text is about."""
        home = self.find_home(area)
        if (
            self.pair is not None
            and area in self.pair
            and (home is None or set(self.pair) == _list_sides(home))
        ):
            return self.pair[0] if self.pair[1] == area else self.pair[1]
        if home is None:
            return None
        return home.counterpart_area if home.ref_area == area else home.ref_area


def _list_sides(home: Parties) -> set[str]:
    return {home.ref_area, home.counterpart_area}


@dataclass(frozen=True)
class FlowWords:
    """The small words between a flow and its parties: "exports to", "imports from", "exports by"."""

    to: frozenset[str]
    from_: frozenset[str]
    by: frozenset[str]


def list_flow_words(lexicon: Lexicon) -> FlowWords:
    """The words between a flow and its parties in one language."""
    return FlowWords(*(frozenset(lexicon.list_phrases("flows", name)) for name in ("to", "from", "by")))


@dataclass(frozen=True)
class Casting:
    """One sentence's areas as a figure needs them."""

    scene: Scene
    mentions: tuple[PartyMention, ...]
    memory: PartyMemory
    flows: FlowWords
    leans_back: bool = False
    asides: frozenset[str] = frozenset()
    worlds: tuple[PartyMention, ...] = ()

    def cast_arms(self, quantity: Quantity) -> tuple[str | None, str | None]:
        """Importer and supplier."""
        importer = self._find_importer(quantity)
        supplier = self._find_supplier(quantity, importer)
        if importer is None:
            importer = self._recall_importer(supplier)
        # A supplier that was spoken of last goes on, unless it is the importer itself.
        if supplier is None:
            supplier = self.memory.supplier if self.memory.supplier != importer else None
            if supplier is None and importer is not None:
                supplier = self.memory.find_other(importer)
        if importer is not None:
            self.memory.importer = importer
        if supplier is not None:
            self.memory.supplier = supplier
        return importer, supplier

    def cast_importer_alone(self, quantity: Quantity) -> tuple[str | None, str | None]:
        """The importer of a volume that no supplier is named for, held against all suppliers together."""
        importer = self._find_importer(quantity) or self.memory.importer
        return importer, WORLD

    def has_supplier(self, quantity: Quantity) -> bool:
        """Whether the sentence names anybody besides the importer."""
        importer = self._find_importer(quantity) or self.memory.importer
        return any(mention.area not in {importer, None} for mention in self.mentions)

    def cast_pair(self, quantity: Quantity) -> tuple[str | None, str | None]:
        """Two sides that trade with each other, the dossier's order first."""
        near = [one for one in self._sort_by_nearness(quantity) if not one.roles & TARIFF_ROLES]
        areas = list(dict.fromkeys(mention.area for mention in near))
        # Trade has no direction: the two nearest are the pair, in whatever order they stand.
        if len(areas) >= 2:
            pair = (areas[0], areas[1])
        elif areas and (other := self.memory.find_other(areas[0])) is not None:
            pair = (areas[0], other)
        elif not areas and self.memory.pair is not None and self._is_home(self.memory.pair):
            pair = self.memory.pair
        else:
            home = None if areas else self.memory.find_home()
            if home is None:
                return (areas[0] if areas else None), None
            pair = (home.ref_area, home.counterpart_area)
        self.memory.pair = pair
        return self._put_in_order(pair)

    def cast_flow(
        self, quantity: Quantity, cue: Cue | None, *, to_all: bool
    ) -> tuple[str | None, str | None]:
        """Who reports a flow and with whom: "Russia's exports to India", "imports from Russia"."""
        is_flow = cue is not None and cue.code in FLOWS
        reporter, partner = self._read_flow(quantity, cue) if cue is not None and is_flow else (None, None)
        near = list(dict.fromkeys(one.area for one in self._sort_by_nearness(quantity)))
        others = [area for area in near if area not in {reporter, partner}]
        if reporter is None and partner is not None:
            reporter = self._choose_reporter(others, partner)
        if reporter is None and partner is None:
            return self._recall_flow(others, to_all=to_all)
        if partner is None and reporter is not None and not to_all:
            partner = self.memory.find_other(reporter) or (others[0] if others else None)
        if partner is None and reporter is not None:
            partner = WORLD
        # Read twice as one area ("India's imports into India"): the words did not say it.
        if reporter == partner:
            return self._recall_flow(others, to_all=to_all)
        self._remember(reporter, partner)
        return reporter, partner

    def find_subject(self, quantity: Quantity, *, with_world: bool = False) -> str | None:
        """The one area that a figure is about: the last one named before it that no "from" or "to" leads to.

        A region or, `with_world`, the world is one too, so that its figure is never a country's named nearby.
        """
        mentions = sorted((*self.mentions, *(self.worlds if with_world else ())), key=lambda one: one.start)
        plain = self.scene.plain
        own = [one for one in mentions if _find_leader(plain[: one.start]) not in self.asides]
        opened = plain[: quantity.start].rstrip().endswith("(")
        before = [one for one in (mentions if opened else own) if one.end <= quantity.start]
        after = [one for one in own if one.start >= quantity.end]
        chosen = before[-1] if before else after[0] if after and not self.leans_back else None
        self.memory.subject = chosen.area if chosen is not None else self.memory.subject
        return self.memory.subject

    def cast_change_of_arms(self, quantity: Quantity, cue: Cue | None) -> tuple[str | None, str | None]:
        """Whose arms imports changed, and from whom where that is said; exports are imports from there."""
        first = max((place for place in self.scene.hard_breaks if place < quantity.start), default=0)
        led = {
            "from": [one.area for one in self._list_led(self.flows.from_) if one.start >= first],
            "to": [one.area for one in self._list_led(self.flows.to) if one.start >= first],
        }
        subject = self.find_subject(quantity, with_world=True)
        if cue is not None and cue.code == ARMS_EXPORTS:
            return (led["to"][0] if led["to"] else WORLD), subject
        named = next((one for one in reversed(self.mentions) if one.area == subject), None)
        if named is not None and "supplier_after" in named.roles and not _is_importer(named):
            # "Russian deliveries shrank": whose arms they are, not who takes them.
            importer = led["to"][0] if led["to"] else self.memory.importer
            return importer if importer not in {None, subject} else WORLD, subject
        suppliers = [area for area in led["from"] if area != subject]
        return subject, suppliers[0] if suppliers else WORLD

    def cast_export_share(self, quantity: Quantity) -> tuple[str | None, str | None]:
        """To whom a part of a supplier's exports went, and whose exports they are."""
        following = [one.start for one in self.scene.quantities if one.start > quantity.start]
        end = min(following, default=len(self.scene.plain))
        led = self._list_led(self.flows.to)
        to = next((one.area for one in led if quantity.end <= one.start < end), None)
        to = to or next((one.area for one in reversed(led) if one.end <= quantity.start), None)
        others = [one.area for one in self.mentions if one not in led and one.area != to]
        supplier = others[0] if others else self.memory.supplier
        importer = to or next((area for area in others if area != supplier), None)
        self.memory.supplier = supplier
        return importer, supplier

    def _list_led(self, words: frozenset[str]) -> list[PartyMention]:
        """The mentions that one of some small words leads to."""
        plain = self.scene.plain
        return [one for one in self.mentions if _find_leader(plain[: one.start]) in words]

    def cast_tariff(self, quantity: Quantity) -> tuple[str | None, str | None]:
        """Who levies a duty and on whose goods."""
        near = self._sort_by_nearness(quantity)
        levied = next((one.area for one in near if one.roles & {"levied_before", "levied_after"}), None)
        levier = next((one.area for one in near if "levier_after" in one.roles and one.area != levied), None)
        # A tariff that is only "on India" is levied by the other one named.
        if levier is None:
            levier = next((one.area for one in near if one.area != levied), None)
        return levier, levied

    def _find_importer(self, quantity: Quantity) -> str | None:
        fitting = [one for one in self.mentions if _is_importer(one)]
        chosen = choose_nearest(self.scene, quantity, fitting, extra=_prefer("importer_after"))
        return None if chosen is None else chosen.area

    def _find_supplier(self, quantity: Quantity, importer: str | None) -> str | None:
        fitting = [one for one in self.mentions if one.area != importer and not _is_only_importer(one)]
        # Nobody is said to import: the first side of the dossier does, and the others supply.
        if importer is None and len(fitting) > 1:
            home = self.memory.find_home()
            fitting = [one for one in fitting if home is None or one.area != home.ref_area] or fitting
        prefer = _prefer("supplier_after", "supplier_before")

        def count_extra(mention: PartyMention) -> float:
            # A subject stands before its figure; what comes after it is named by "from" or "by".
            is_next = mention.start >= quantity.end and not self.scene.is_own(quantity, mention)
            is_named = "supplier_before" in mention.roles
            return prefer(mention) + (NEXT_SUBJECT if is_next and not is_named else 0)

        chosen = choose_nearest(self.scene, quantity, fitting, extra=count_extra, owned_cost=OWNED_PARTY)
        if chosen is None and self.leans_back and self.memory.last_party != importer:
            return self.memory.last_party
        return None if chosen is None else chosen.area

    def _recall_importer(self, supplier: str | None) -> str | None:
        recalled = self.memory.importer if self.memory.importer != supplier else None
        fitting = [home.ref_area for home in self.memory.homes if home.counterpart_area == supplier]
        at_home = [area for area in fitting if area in self.memory.mentioned]
        if at_home and recalled not in at_home:
            # The relationships that a text is about tie this supplier to another importer than the last one.
            return at_home[0]
        if recalled is not None:
            return recalled
        named = [one.area for one in self.mentions if one.area != supplier]
        if named:
            return named[0]
        home = self.memory.find_home(supplier)
        return None if home is None or home.ref_area == supplier else home.ref_area

    def _sort_by_nearness(self, quantity: Quantity) -> list[PartyMention]:
        return sorted(self.mentions, key=lambda one: (self.scene.measure(quantity, one), one.start))

    def _read_flow(self, quantity: Quantity, cue: Cue) -> tuple[str | None, str | None]:
        plain, is_export = self.scene.plain, cue.code in {"exports", "services_exports", "export_share"}
        reporter = partner = None
        for one in self.mentions:
            first, last = min(one.end, cue.end), max(one.start, cue.start)
            # Another figure between the flow and a party: the party is that one's.
            if any(first <= figure.start < last for figure in self.scene.quantities if figure != quantity):
                continue
            is_led = _find_leader(plain[: one.start]) in self.flows.from_ | self.flows.to
            # "Russian crude": whose oil it is, not who imports it.
            is_origin = cue.code == "crude_oil_imports" and cue.start - one.end == 1
            is_origin = is_origin and "trade_importer_after" not in one.roles
            if one.end <= cue.start and (is_led or is_origin):
                # "From Russia it imported goods": the partner stands first.
                partner = partner or one.area
            elif one.end <= cue.start:
                between = plain[one.end : cue.start]
                owns = "exporter_after" in one.roles if is_export else "trade_importer_after" in one.roles
                if len(between) <= FLOW_DISTANCE and owns:
                    reporter = one.area
            elif 0 <= one.start - cue.end <= FLOW_DISTANCE and partner is None:
                link = set(plain[cue.end : one.start].lower().split())
                if link & (self.flows.to if is_export else self.flows.from_):
                    partner = one.area
                elif link & self.flows.by or (is_export and link & self.flows.from_):
                    reporter = one.area
        return (reporter, partner) if reporter != partner else (reporter, None)

    def _choose_reporter(self, others: list[str], partner: str) -> str | None:
        return self.memory.find_other(partner) or (others[0] if others else None)

    def _recall_flow(self, others: list[str], *, to_all: bool) -> tuple[str | None, str | None]:
        if to_all and (self.memory.reporter or others):
            return self.memory.reporter or others[0], WORLD
        if len(others) >= 2:
            return self._put_in_order((others[0], others[1]))
        if others:
            other = self.memory.find_other(others[0])
            return (others[0], WORLD) if other is None else self._put_in_order((others[0], other))
        if self.memory.pair is not None and self.memory.reporter in self.memory.pair:
            reporter = self.memory.reporter
            return reporter, self.memory.pair[0] if self.memory.pair[1] == reporter else self.memory.pair[1]
        if self.memory.pair is not None:
            return self._put_in_order(self.memory.pair)
        home = self.memory.find_home()
        return (None, None) if home is None else (home.ref_area, home.counterpart_area)

    def _put_in_order(self, pair: tuple[str, str]) -> tuple[str, str]:
        for home in self.memory.homes:
            if {home.ref_area, home.counterpart_area} == set(pair):
                return home.ref_area, home.counterpart_area
        return pair

    def _is_home(self, pair: tuple[str, str]) -> bool:
        """Whether two sides are those of a relationship that the text is about, or no such is known."""
        homes = [{home.ref_area, home.counterpart_area} for home in self.memory.homes]
        return set(pair) in homes or self.memory.find_home() is None

    def _remember(self, reporter: str | None, partner: str | None) -> None:
        self.memory.reporter = reporter
        if reporter is not None and partner is not None and partner != WORLD:
            self.memory.pair = (reporter, partner)


def cast_parties(
    casting: Casting,
    quantity: Quantity,
    indicator: str | None,
    *,
    cue: Cue | None,
    is_whole: bool,
    to_all: bool,
    is_change: bool = False,
) -> tuple[str | None, str | None]:
    """The reporting and the other area of a figure; None where the text leaves it open."""
    if indicator is None:
        return None, None
    if indicator in ARMS_SHARES or indicator in WITH_WEAPON:
        return _cast_arms(casting, quantity, indicator, cue=cue, is_whole=is_whole, is_change=is_change)
    if indicator in ONE_SIDED:
        return casting.find_subject(quantity, with_world=indicator == "military_expenditure"), WORLD
    if indicator == "tariff_rate":
        return casting.cast_tariff(quantity)
    if indicator in FLOWS or indicator == "crude_oil_import_share":
        return casting.cast_flow(quantity, cue, to_all=to_all)
    if indicator in TWO_SIDED or indicator == "agreement_count":
        return casting.cast_pair(quantity)
    return None, None


def _cast_arms(
    casting: Casting, quantity: Quantity, indicator: str, *, cue: Cue | None, is_whole: bool, is_change: bool
) -> tuple[str | None, str | None]:
    if indicator == "arms_export_share":
        return casting.cast_export_share(quantity)
    if indicator == ARMS_VOLUME and is_change and quantity.unit in {"PERCENT", "TIMES"}:
        return casting.cast_change_of_arms(quantity, cue)
    if indicator == ARMS_VOLUME and (is_whole or not casting.has_supplier(quantity)):
        return casting.cast_importer_alone(quantity)
    return casting.cast_arms(quantity)


def _find_leader(before: str) -> str:
    """The small word that leads to what follows, whatever article stands between."""
    words = [word for word in before.lower().split()[-2:] if word != "the"]
    return words[-1] if words else ""


def _is_importer(mention: PartyMention) -> bool:
    return bool(mention.roles & {"importer_after", "importer_before"})


def _is_only_importer(mention: PartyMention) -> bool:
    return _is_importer(mention) and not mention.roles & {"supplier_after", "supplier_before"}


def _prefer(*roles: str) -> Callable[[PartyMention], float]:
    return lambda mention: 0 if mention.roles & set(roles) else ROLE_WORTH
