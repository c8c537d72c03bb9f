"""Floor 0: words, levers, luck and arithmetic that everything else stands on."""
