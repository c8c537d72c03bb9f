"""Floor 3: levers, assumptions and targets composed into one policy."""
