"""A treatment plan: what it is, where one starts, what to mind, how two versions meet. Knows no pages, no storage."""
