"""Columns and properties that say how somebody can be reached: no page hands them on.

They stand in lists that were given to the register as they are, and may be of living relatives.
"""

CONTACT = frozenset({
    "address", "contact", "e_mail", "email", "next_of_kin_address", "phone", "telephone",
})  # fmt: skip
