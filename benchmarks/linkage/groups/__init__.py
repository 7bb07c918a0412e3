"""Graves that compete and graves without a name, on simulated plots."""
