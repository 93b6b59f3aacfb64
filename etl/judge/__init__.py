"""The judge: claims held against observations, and documents held against each other."""

from __future__ import annotations

from etl.judge.disagreements import find_disagreements
from etl.judge.verdicts import judge_claims, judge_documents

__all__ = ["find_disagreements", "judge_claims", "judge_documents"]
