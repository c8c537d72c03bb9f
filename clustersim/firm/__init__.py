"""Floor 4: what an option is worth to a firm, and which one it takes."""
