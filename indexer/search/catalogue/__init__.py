"""The facets and figures by which reports are found."""
