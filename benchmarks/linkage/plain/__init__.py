"""Lists without Cyrillic, Sexton beside Splink."""
