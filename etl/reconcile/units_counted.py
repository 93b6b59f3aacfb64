"""Weapons ordered, delivered and pending by order year, counted from the deals of a register."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from etl.provenance import build_obs_id
from etl.reconcile.derivation import Observation, write_derivation
from etl.schemas import TABLES

KEYS = ("importer", "supplier", "designation", "order_year", "vintage", "source_id")


def derive_units(deals: pl.DataFrame, *, publishers: dict[str, str]) -> list[Observation]:
    """Three observations per weapon and order year; a deal without a number gives none."""
    counted = deals.filter(pl.col("number_ordered").is_not_null() & pl.col("number_delivered").is_not_null())
    derived: list[Observation] = []
    for group in counted.sort("deal_id").partition_by(KEYS, maintain_order=True):
        orders = group.to_dicts()
        ids = [order["deal_id"] for order in orders]
        ordered = sum(order["number_ordered"] for order in orders)
        delivered = sum(order["number_delivered"] for order in orders)
        template = _build_template(orders, publisher=publishers[orders[0]["source_id"]])
        rows = [
            _fill(
                template,
                indicator="units_ordered",
                value=ordered,
                derivation=write_derivation("sum_over_deals", ids),
            ),
            _fill(
                template,
                indicator="units_delivered",
                value=delivered,
                derivation=write_derivation("sum_over_deals", ids),
            ),
        ]
        operands = write_derivation("ordered_less_delivered", [row["obs_id"] for row in rows])
        derived += [
            *rows,
            _fill(template, indicator="units_pending", value=ordered - delivered, derivation=operands),
        ]
    return derived


def _build_template(orders: list[dict[str, Any]], *, publisher: str) -> Observation:
    first = orders[0]
    year = first["order_year"]
    doubtful = any(
        order[flag]
        for order in orders
        for flag in ("order_year_uncertain", "number_ordered_uncertain", "number_delivered_uncertain")
    )
    row: Observation = dict.fromkeys(TABLES["observations"].list_columns())
    return {
        **row,
        "ref_area": first["importer"],
        "counterpart_area": first["supplier"],
        "commodity": first["designation"],
        "freq": "A",
        "time_period": str(year),
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "period_basis": "calendar_year",
        "unit_measure": "UNITS",
        "valuation": "none",
        "price_basis": "none",
        "obs_status": "U" if doubtful else "A",
        "vintage": first["vintage"],
        "vintage_precision": "day",
        "source_id": first["source_id"],
        "publisher": publisher,
        "source_file": first["source_file"],
        "source_locator": "derived",
        "source_sha256": first["source_sha256"],
        "note": f"Orders of {year}; the register marks a number or year as uncertain."
        if doubtful
        else f"Orders of {year}.",
    }


def _fill(template: Observation, *, indicator: str, value: int, derivation: str) -> Observation:
    obs_id = build_obs_id(
        indicator=indicator,
        ref_area=template["ref_area"],
        counterpart_area=template["counterpart_area"],
        commodity=template["commodity"],
        basis=template["period_basis"],
        period=template["time_period"],
        source_id=template["source_id"],
        vintage=template["vintage"],
    )
    return {
        **template,
        "obs_id": obs_id,
        "indicator": indicator,
        "obs_value": float(value),
        "derivation": derivation,
    }
