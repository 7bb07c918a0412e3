"""The page of a case: what its record says, judging blind, the evidence on each candidate."""
