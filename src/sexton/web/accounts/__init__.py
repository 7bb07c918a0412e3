"""Accounts, the roles that they are given, and what each role may do."""
