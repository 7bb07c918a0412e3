"""The records of one man found within simulated archives, by Sexton and by Splink 5."""
