"""Floor 8: words, charts and maps made from tables."""
