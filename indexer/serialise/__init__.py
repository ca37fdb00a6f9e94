"""Records ⇄ the published JSON."""
