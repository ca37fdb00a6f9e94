"""Records → what is shown: plain dicts for the JSON of every page, small records for what a page alone draws."""
