"""Sources as CSL-JSON, BibTeX and RIS."""

from bodymap import citations, model

TRIAL = model.Source(
    "haake-2007", "trial", "Haake M, et al.", "Real & sham: 50% better", 2007, "part",
    authors=("Haake M", "Müller HH"), container="Arch Intern Med", volume="167", issue="17", pages="1892-1898",
    doi="10.1001/archinte.167.17.1892",
)  # fmt: skip
BODY = model.Source(
    "who-2023", "guideline", "WHO 2023", "Guideline", 2023, "part", authors=("World Health Organization",),
    publisher="WHO", url="https://example.org/who", note="Read in\npart",
)  # fmt: skip


def test_a_trial_becomes_an_item_of_csl_json() -> None:
    assert citations.csl(TRIAL) == {
        "id": "haake-2007", "type": "article-journal", "title": "Real & sham: 50% better",
        "author": [{"family": "Haake", "given": "M"}, {"family": "Müller", "given": "HH"}],
        "issued": {"date-parts": [[2007]]}, "container-title": "Arch Intern Med", "volume": "167", "issue": "17",
        "page": "1892-1898", "DOI": "10.1001/archinte.167.17.1892",
        "URL": "https://doi.org/10.1001/archinte.167.17.1892",
    }  # fmt: skip


def test_a_body_is_an_author_taken_whole() -> None:
    assert citations.csl(BODY)["author"] == [{"literal": "World Health Organization"}]
    assert "author = {{World Health Organization}}" in citations.bibtex(BODY)


def test_bibtex_escapes_what_tex_would_read_as_a_command() -> None:
    entry = citations.bibtex(TRIAL)
    assert entry.startswith("@article{haake-2007,\n")
    assert r"title = {Real \& sham: 50\% better}," in entry
    assert "author = {Haake, M and Müller, HH}," in entry
    assert "pages = {1892--1898}," in entry


def test_ris_has_one_line_a_field_whatever_the_note_holds() -> None:
    record = citations.ris(BODY)
    assert record.startswith("TY  - RPRT\n")
    assert record.endswith("ER  - \n")
    assert "N1  - Read in part\n" in record
    assert all(line[2:6] == "  - " for line in record.splitlines())


def test_first_and_last_page_stand_apart_in_ris() -> None:
    record = citations.ris(TRIAL)
    assert "SP  - 1892\n" in record
    assert "EP  - 1898\n" in record


def test_a_book_goes_by_its_isbn_and_a_paper_without_doi_by_its_pubmed_number() -> None:
    book = model.Source("moa", "textbook", "-", "Manual", 2007, "no", identifier="ISBN 978-0-9510546-5-9")
    assert citations.csl(book)["ISBN"] == "978-0-9510546-5-9"
    assert "isbn = {978-0-9510546-5-9}" in citations.bibtex(book)
    assert "SN  - 978-0-9510546-5-9" in citations.ris(book)
    paper = model.Source("chen", "cohort", "-", "Faints", 1990, "no", identifier="PMID 1978502")
    assert citations.csl(paper)["URL"] == "https://pubmed.ncbi.nlm.nih.gov/1978502/"
    standard = model.Source("ear", "standard", "-", "Ear points", 2008, "no", identifier="GB/T 13734-2008")
    assert citations.csl(standard)["number"] == "GB/T 13734-2008"
