"""The stewards' desk: Django's admin, for which every saving goes through the door."""
