"""Floor 2: the clauses of the letter, one home each."""
