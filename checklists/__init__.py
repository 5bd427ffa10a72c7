"""Checklists: the language, its reader and the score. Knows nothing of the rest of LIRK."""
