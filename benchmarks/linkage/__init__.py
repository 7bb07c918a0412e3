"""Linkage measured beside its peers: real graves, archives of any size, lists without Cyrillic."""
