"""Group cases: several bodies and several names under one-to-one."""
