"""Cases: from a record without a sure identity to a decision that stands and can be contested."""
