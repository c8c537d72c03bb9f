"""Floor 1: the city as tables whose rows never move."""
