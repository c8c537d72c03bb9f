"""Floor 5: the five goals, measured."""
