"""The real graves against an archive of 100,000, Sexton beside its peers."""
