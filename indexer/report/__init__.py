"""Document → Report: sections, cells, identity, findings."""
