"""How fast the register takes lists in and gives a person's page, on simulated lists."""
