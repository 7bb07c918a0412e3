"""Sexton keeps the register of war graves and gives the dead their names back."""

__version__ = "0.1.0"
