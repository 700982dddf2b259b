"""A tagged PDF (PDF/UA-1) of a page, by WeasyPrint where the ``pdf`` extra is installed. Fetches nothing, ever.

One page takes about half a second of a core and a process grows by some 35 MB, so few are made at once; whoever comes
on top waits a moment and is then asked to come back (``BusyError``).
"""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

AT_ONCE = 2
"""PDFs made at the same time in one process."""
SECONDS = 5.0
"""How long one waits for its turn."""
_turns = BoundedSemaphore(AT_ONCE)


class BusyError(Exception):
    """Too many PDFs are being made."""


@cache
def available() -> bool:
    """Whether PDFs can be made here: the extra is installed, and so are the system's libraries that it needs."""
    try:
        import weasyprint  # noqa: F401 - only whether it is there
    except (ImportError, OSError):
        return False
    return True


def pdf(html: str, styles: str) -> bytes:
    """The page as PDF. ``html`` brings its pictures as ``data:`` addresses; ``styles`` is its CSS. BusyError."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    if not _turns.acquire(timeout=SECONDS):
        raise BusyError
    try:
        only_within = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
        sheet = weasyprint.CSS(string=styles, url_fetcher=only_within)
        document = weasyprint.HTML(string=html, url_fetcher=only_within)
        made = document.write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
    finally:
        _turns.release()
    assert isinstance(made, bytes)
    return made
