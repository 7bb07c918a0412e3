"""Clues, searches without result, letters to archives: what is found out from outside."""
