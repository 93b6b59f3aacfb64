"""Prose: the figures that a running text states, each with what it measures, of whom, and when."""

from __future__ import annotations

from etl.documents.prose.found import FoundClaim, Parties
from etl.documents.prose.origins import ASSUMED, CARRIED, STATED, Origin, Origins
from etl.documents.prose.reader import ProseReader

__all__ = ["ASSUMED", "CARRIED", "STATED", "FoundClaim", "Origin", "Origins", "Parties", "ProseReader"]
