"""Simulated archives of 10^5 records and more, Sexton beside Splink."""
