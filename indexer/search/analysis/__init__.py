"""Text → terms: segmentation, lexicon, synonyms and question words."""
