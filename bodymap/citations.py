"""Sources as other programs read them: CSL-JSON, BibTeX and RIS. Knows one source at a time and nothing of pages."""

from __future__ import annotations

from typing import Any

from bodymap.model import Source

CSL = {
    "standard": "standard", "guideline": "report", "review": "article-journal", "trial": "article-journal",
    "cohort": "article-journal", "survey": "article-journal", "laboratory": "article-journal", "textbook": "book",
    "web": "webpage", "article": "webpage", "dataset": "dataset", "law": "legislation", "teaching": "document",
    "search": "document", "untraced": "document",
}  # fmt: skip
BIBTEX = {"article-journal": "article", "book": "book", "report": "techreport"}
RIS = {"article-journal": "JOUR", "book": "BOOK", "report": "RPRT", "webpage": "ELEC", "dataset": "DATA",
       "standard": "STAND", "legislation": "STAT", "document": "GEN"}  # fmt: skip
ESCAPES = str.maketrans({letter: f"\\{letter}" for letter in "&%$#_{}"} | {"\\": r"\textbackslash{}"})


def address(source: Source) -> str:
    """Where the work is found on the web; empty where it is not."""
    if source.doi:
        return f"https://doi.org/{source.doi}"
    if source.identifier.startswith("PMID "):
        return f"https://pubmed.ncbi.nlm.nih.gov/{source.identifier.removeprefix('PMID ')}/"
    return source.url if source.url.startswith("http") else ""


def csl(source: Source) -> dict[str, Any]:
    """The source as one item of CSL-JSON; what is not known is left out."""
    item = {
        "id": source.id, "type": CSL[source.kind], "title": source.title,
        "author": [_name(author) for author in source.authors],
        "issued": {"date-parts": [[source.year]]},
        "container-title": source.container, "volume": source.volume, "issue": source.issue, "page": source.pages,
        "publisher": source.publisher, "DOI": source.doi, "URL": address(source), "note": source.note,
        **_number(source.identifier),
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


def _number(identifier: str) -> dict[str, str]:
    """The identifier under its name in CSL: ISBN, PMID, or the number of a standard or report."""
    scheme, _, value = identifier.partition(" ")
    return {scheme: value} if scheme in ("ISBN", "PMID") else {"number": identifier}


def bibtex(source: Source) -> str:
    """The source as a BibTeX entry."""
    item = csl(source)
    kind = BIBTEX.get(item["type"], "misc")
    holder = "journal" if kind == "article" else "booktitle"
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in item.get("author", [])), "title": source.title,
        holder: source.container, "year": str(source.year), "volume": source.volume, "number": source.issue,
        "pages": source.pages.replace("-", "--"), ("institution" if kind == "techreport" else "publisher"):
        source.publisher, "doi": source.doi, "url": address(source), "isbn": item.get("ISBN", ""),
    }  # fmt: skip
    lines = [
        f"  {name} = {{{value if name in ('author', 'doi', 'url') else value.translate(ESCAPES)}}},"
        for name, value in fields.items() if value
    ]  # fmt: skip
    return "\n".join([f"@{kind}{{{source.id},", *lines, "}"]) + "\n"


def ris(source: Source) -> str:
    """The source as a RIS record."""
    first, _, last = source.pages.partition("-")
    pairs = [
        ("TY", RIS[CSL[source.kind]]), ("ID", source.id), *(("AU", _inverted(author)) for author in source.authors),
        ("TI", source.title), ("T2", source.container), ("PY", str(source.year)), ("VL", source.volume),
        ("IS", source.issue), ("SP", first), ("EP", last), ("PB", source.publisher), ("DO", source.doi),
        ("SN", _number(source.identifier).get("ISBN", "")), ("UR", address(source)), ("N1", source.note),
    ]  # fmt: skip
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in pairs if value) + "ER  - \n"


def _name(author: str) -> dict[str, str]:
    """ "Haake M" is a person; anything else ("World Health Organization") is taken whole."""
    family, _, given = author.rpartition(" ")
    if family and given.isupper() and len(given) <= 4:
        return {"family": family, "given": given}
    return {"literal": author}


def _inverted(author: str) -> str:
    name = _name(author)
    return f"{name['family']}, {name['given']}" if "family" in name else author


def _bibtex_name(name: dict[str, str]) -> str:
    whole = f"{name['family']}, {name['given']}" if "family" in name else name["literal"]
    return whole.translate(ESCAPES) if "family" in name else "{" + whole.translate(ESCAPES) + "}"
