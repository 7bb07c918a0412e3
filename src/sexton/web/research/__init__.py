"""Finding people in the register, and the evidence for and against who they are."""
