"""The real graves against an archive, Sexton beside its peers."""
