"""What the documents promise is so."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bodymap import library
from bodymap.cli import main
from bodymap.views.page import LAYERS

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text(name)):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_and_command_that_a_document_names_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|    )(?:PORT=\d+ )?make ([a-z]+)", text(name))) <= targets
    for command in set(re.findall(r"bodymap ([a-z][a-z-]+)(?: [A-Za-z-]|`)", text(name))):
        assert command in main.commands, command


def test_the_readme_names_every_command() -> None:
    sentence = re.search(r"The command: (.+?)\n\n", text("README.md"), re.DOTALL)
    assert sentence
    assert set(re.findall(r"`(?:bodymap )?([a-z-]+)(?: FOLDER)?`", sentence[1])) == set(main.commands)
    assert CliRunner().invoke(main, ["--help"]).exit_code == 0


def test_the_architecture_names_every_room() -> None:
    named = set(re.findall(r"^\| `([a-z]+)/?`", text("ARCHITECTURE.md"), re.MULTILINE))
    rooms = {
        path.stem for path in (ROOT / "bodymap").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - named <= {"__init__", "__main__", "share", "carrier"}
    assert named <= rooms
    assert all(f"`{layer}`" in text("ARCHITECTURE.md") for layer in LAYERS)


def test_the_readme_counts_points_and_views_rightly(data: Path) -> None:
    content = library.read(data)
    standard = [channel for channel in content.channels if channel.count]
    placed = {(point.channel, point.number) for point in content.points}
    assert all((channel.code, number) in placed for channel in standard for number in range(1, channel.count + 1))
    counted = re.search(r"all (\d+) points of the standard.+?in (\d+) views each", text("README.md"), re.DOTALL)
    assert counted
    assert int(counted[1]) == sum(channel.count for channel in standard)
    assert int(counted[2]) == len({view.id for view in content.views})
