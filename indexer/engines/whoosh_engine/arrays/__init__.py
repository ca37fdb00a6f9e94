"""An inverted field of a Whoosh segment as flat arrays: written in bulk, read in bulk, never a posting at a time."""
