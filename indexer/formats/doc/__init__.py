"""Legacy Word files (DOC) → Document."""
