"""Rules: how each kind of figure is held against the statistics, and what a wrong one may be instead.

A change needs two periods (`changes` over `differences`), a count of weapons the orders of a register
(`weapons`); any other figure is ruled on by etl.judge, and `other_readings` tries what its sentence leaves
open. `slips` looks for what a figure that does not hold may be, `volumes` for SIPRI's volume printed as
money, and `suggestions` ranks what they find and softens a verdict by it::

    ruling = rule_on_change(claim, baseline=None, index=index, day=date(2026, 3, 9))
"""
