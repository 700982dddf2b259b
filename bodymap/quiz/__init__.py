"""Learning the points: questions, memory, progress, and decks for Anki."""
