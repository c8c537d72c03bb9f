"""Floor between the quarter and its faces: what happened to each firm, why, and where two policies part its fate."""
