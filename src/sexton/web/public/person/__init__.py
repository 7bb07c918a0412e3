"""The page of a person: each module makes what one part of it shows, the templates only set it."""
