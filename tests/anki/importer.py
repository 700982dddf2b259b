"""Run by Anki's own Python (``.cache/anki-venv``): import files into a fresh collection and tell, as JSON, what came.

usage: importer.py FOLDER FILE [FILE ...]
"""

import json
import sys
from pathlib import Path

from anki import import_export_pb2 as messages
from anki.collection import Collection


def package(collection: Collection, path: str) -> object:
    """As Anki's own dialogue does it, with its defaults."""
    request = messages.ImportAnkiPackageRequest(package_path=path, options=messages.ImportAnkiPackageOptions())
    return collection.import_anki_package(request).log


def text(collection: Collection, path: str) -> object:
    metadata = collection.get_csv_metadata(path, None)
    return collection.import_csv(messages.ImportCsvRequest(path=path, metadata=metadata)).log


def main(folder: str, *paths: str) -> None:
    collection = Collection(str(Path(folder) / "collection.anki2"))
    told = []
    for path in paths:
        log = (package if path.endswith(".apkg") else text)(collection, path)
        counts = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}
        told.append(counts | {"notes": collection.note_count(), "cards": collection.card_count()})
    shown = {}
    for identifier in collection.find_cards(""):
        card = collection.get_card(identifier)
        note = card.note()
        key = f"{note.guid} {card.template()['name']}"
        shown[key] = {"question": card.question(), "answer": card.answer(), "tags": note.tags}
    media = collection.media.check()
    print(
        json.dumps(
            {
                "imports": told,
                "cards": shown,
                "decks": [deck.name for deck in collection.decks.all_names_and_ids()],
                "missing": list(media.missing),
                "unused": list(media.unused),
                "files": sorted(path.name for path in Path(collection.media.dir()).iterdir()),
            }
        )
    )
    collection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
