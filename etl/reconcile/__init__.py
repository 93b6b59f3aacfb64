"""Derived series: what follows from the observations by a named rule, with the ids of its operands.

`corrections` come first, as declared. `derivation` is what a derived row is and which rules there are;
`windows`, `concentration`, `trade`, `growth`, `units_counted` and `mirror_components` are the rules, over
`priority` (which of two sources serves) and `intervals` (how doubt is carried on). `assumptions` are read
from the datasets, each with whose word it is. `derived_series` runs all in order.
"""
