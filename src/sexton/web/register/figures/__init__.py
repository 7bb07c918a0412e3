"""Figures: what is counted in the register, how many are not counted, and of how many.

A figure knows no words: pages give it names and sentences in the reader's language.
"""
