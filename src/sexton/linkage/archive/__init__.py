"""Archives: person lists of any size, indexed once, then searched and linked from disk."""
