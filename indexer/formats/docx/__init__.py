"""Word documents (DOCX and Word XML) → Document."""
