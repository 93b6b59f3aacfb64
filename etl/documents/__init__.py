"""Documents: the records of texts, the figures they state, and where in the text each figure stands.

`loader` reads every dossier (`records` says what its files must hold, `precision` which values a print
allows); `passages` and `anchoring` find a claim's place in a text, also one that has shifted, and
`annotations` writes it as a W3C annotation. A text that comes from outside is opened by `opened_text` over
`opening/`, and `prose/` finds the figures in it by the words of a `lexicon`.
"""
