"""The whole register as files, CSV and JSON Lines, each column described.

``tables`` says what is written and what each column means; ``writing`` writes it, always in the
same order, so that a register that has not changed gives the same bytes; ``codebook`` describes it
for programs (W3C CSV on the Web); ``stored`` keeps the latest beside the register for downloads.
"""
