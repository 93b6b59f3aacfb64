"""Search over one snapshot: its index, the rows that fill it, and the words that readers type.

`rows` lists what can be found, series, claims, deals, documents and milestones, in words; `terms` cuts
words as both sides of a search write them; `index` finds rows by whole words, beginnings, and past one slip
of a finger.
"""
