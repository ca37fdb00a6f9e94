"""The sections of a report: `openings` finds their headings, `build` fills them."""
