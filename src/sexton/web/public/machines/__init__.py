"""The site for machines: JSON and linked data of every page, what its head says, feeds, site map.

A kind of page is the name of its address in the URL table. A new kind needs one function and one
line for each thing that it offers:

    @json_of("grave")                                  # JSON: a dict, see ``representations``
    def grave(asked: Asked, key: str) -> dict: ...

    @head_of("grave")                                  # title, description, linked data of the page
    def grave(context: Mapping, uri: Uris) -> Head: ...

``asked`` gives absolute addresses, pages of a list, and notes the sources that are named; what the
function returns is put into an envelope with address, kind, language, licence and sources. Its
JSON Schema stands in ``docs/reference/schemas/KIND.json``; a test asks for one of each kind. A page
without a function is answered as HTML, and with ``406`` where nothing but JSON is accepted.
"""
