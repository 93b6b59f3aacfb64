"""Citations: how the rows, documents and pictures of a snapshot are referred to elsewhere.

`record` is what a citation is, `formats` writes it as text, BibTeX, RIS and CSL-JSON, and `build` says what
it holds for a row, a document, rows drawn together and the whole snapshot::

    citation = cite_document(index, "business-standard-2025-12-05", as_of=snapshot.as_of)
    print(citation.text, citation.write("bib"))
"""
