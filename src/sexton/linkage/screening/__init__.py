"""Screening: the persons of an archive worth weighing exactly for each record of a list.

Blocking in the terms of record linkage, with rough weights: several routes lead to persons, so that
no one garbled field can lose a man, and compiled code weighs all that they lead to.
"""
