"""The checks: one function for each kind of fault, whose docstring explains the fault."""
