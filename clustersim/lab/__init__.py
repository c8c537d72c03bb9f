"""Floor 7: many runs, compared. Pandas from here up."""
