"""Web pages, saved alone or as MHTML → Document."""
