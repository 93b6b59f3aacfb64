"""The judge: claims held against observations, and documents held against each other.

`verdicts` goes through the claims: `references` finds what each can be held against as of a day, `rules`
ask in their order what follows, `rulings` are what they may answer, `closeness` and `targets` decide the
special cases, and `arithmetic` and `wording` write the sum and the explanation. `disagreements` needs no
statistics: it sets documents beside each other.
"""

from __future__ import annotations

from etl.judge.disagreements import find_disagreements
from etl.judge.verdicts import judge_claims, judge_documents

__all__ = ["find_disagreements", "judge_claims", "judge_documents"]
