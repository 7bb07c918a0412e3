"""What judgements teach: agreement of reviewers, calibration, new versions of the rules."""
