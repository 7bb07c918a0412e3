"""A Django app whose work is to count, slowly, into a file: for workers that are killed at it."""
