"""The ``bodymap`` command. Errors are one line and exit 1; wrong usage exits 2; never a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from bodymap import __version__, create_app, default_atlas, default_store, ensure_atlas
from bodymap import check as checks
from bodymap.atlas import Atlas
from bodymap.build import BuildError, build_atlas
from bodymap.model import Audience, Figure
from bodymap.share import DATA, STATIC
from bodymap.store import Store, StoreError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Bodymap: an interactive body map for acupuncture and back pain."""


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, envvar="PORT", show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
def serve(port: int, host: str, workers: int) -> None:
    """Serve the app, building the atlas first if it is missing or stale."""
    _built(default_atlas())
    try:
        Store(default_store()).close()
    except (StoreError, OSError) as error:
        raise click.ClickException(f"cannot open the store of plans: {error}") from error
    click.echo(f"Bodymap is at http://{host}:{port} (Ctrl-C stops it)")
    sys.stdout.flush()
    command = [
        sys.executable, "-m", "gunicorn", "bodymap:create_app()", "--bind", f"{host}:{port}",
        "--worker-class", "gthread", "--threads", "4", "--workers", str(workers), "--no-control-socket",
        "--log-level", "warning", "--preload",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


@main.command("build")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), required=False)
def build_command(target: Path | None) -> None:
    """Build the atlas from the data files."""
    path = target or default_atlas()
    try:
        build_atlas(DATA, path)
    except BuildError as error:
        raise click.ClickException(f"the data has faults; the atlas was left as it was.\n{error}") from error
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror}") from error
    click.echo(f"Built {path}")


@main.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DATA)
def check(data: Path) -> None:
    """Check the data files; print every fault with file, entry and remedy."""
    found = checks.faults(data)
    for fault in found:
        click.echo(str(fault))
    if found:
        raise click.ClickException(f"{len(found)} fault(s)")
    click.echo("The data is sound.")


@main.command()
@click.option(
    "--calibrate", type=click.Path(file_okay=False, path_type=Path), help="Write annotated sheets here instead."
)
@click.option("--places", is_flag=True, help="Only find the places anew; the drawings stay.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), default=Path(".cache"), show_default=True)
def figure(calibrate: Path | None, places: bool, cache: Path) -> None:
    """Rebuild figures and placements from the mesh (a developer's command: needs the `figure` extra)."""
    try:
        from bodymap.figure import calibrate as sheets
        from bodymap.figure import make, mesh
    except ImportError as error:
        raise click.ClickException(f"{error.name} is missing: install bodymap[figure]") from error
    if calibrate:
        folder = mesh.fetch(cache)
        sheets.sheets({figure: mesh.load(folder, figure) for figure in make.FIGURES}, calibrate)
        return
    if places:
        click.echo("Finding the places; this takes some minutes.")
        make.make(cache, STATIC, DATA, redraw=False)
        return
    with click.progressbar(length=make.VIEWS * len(make.FIGURES), label="Drawing the body") as bar:
        make.make(cache, STATIC, DATA, progress=lambda step: bar.update(1))


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write every page as a static file into FOLDER."""
    from bodymap.export import write_pages

    _built(default_atlas())
    click.echo(f"Wrote {write_pages(create_app(STORE='sqlite://'), folder)} files to {folder}")


@main.command("export-data")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_data(folder: Path) -> None:
    """Write the whole atlas into FOLDER as CSV, JSON and SQLite, with a data dictionary and how to cite it."""
    from bodymap import library, opendata

    _built(default_atlas())
    try:
        written = opendata.write(library.read(DATA), default_atlas(), DATA, folder)
    except OSError as error:
        raise click.ClickException(f"cannot write into {folder}: {error.strerror}") from error
    click.echo(f"Wrote {len(written)} files to {folder}; datapackage.json says what is in them.")


@main.command("export-anki")
@click.argument("deck")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "audience", type=click.Choice(["patient", "practitioner", "student"]), default="student",
              show_default=True, help="For whom: patients get no needling cards.")  # fmt: skip
@click.option("--figure", type=click.Choice(["female", "male"]), default="female", show_default=True)
def export_anki(deck: str, file: Path, audience: Audience, figure: Figure) -> None:
    """Write DECK (such as condition:sciatica, channel:BL, all) for Anki into FILE: .apkg, or .txt as plain text."""
    from bodymap.quiz import anki, decks

    _built(default_atlas())
    atlas = Atlas(default_atlas())
    found = decks.deck(atlas, deck)
    if found is None:
        known = " ".join(known.slug for known in decks.decks(atlas))
        raise click.ClickException(f"there is no deck “{deck}”. There are: {known}")
    plain = file.suffix in {".txt", ".tsv"}
    content = anki.text(atlas, found, audience).encode() if plain else anki.package(atlas, found, figure, audience)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"cannot write {file}: {error.strerror}") from error
    click.echo(f"Wrote {len(found.codes)} points to {file}")


def _built(path: Path) -> None:
    try:
        ensure_atlas(path)
    except BuildError as error:
        raise click.ClickException(f"the data has faults:\n{error}") from error
    except OSError as error:
        raise click.ClickException(f"cannot write {path}: {error.strerror}") from error
