"""Lives in order: what happened to a person, in an organisation, on a day, at a place, who says so.

Everything is derived from claims, affiliations and events when a page is asked for; nothing of it
is stored. Accounts that differ stand side by side (``accounts``) and are never merged.
"""
