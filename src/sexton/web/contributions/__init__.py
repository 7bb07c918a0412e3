"""What readers know and write in: the form, the receipt, what becomes of it."""
