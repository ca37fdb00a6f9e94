"""The execution of a query over one snapshot: conditions, scores, order and counts."""
