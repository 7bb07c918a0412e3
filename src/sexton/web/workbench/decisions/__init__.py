"""Decisions: steps on the ladder, embargo, plates, and what a decision touches."""
