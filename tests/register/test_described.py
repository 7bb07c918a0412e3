"""The reference of the model is what the models are."""

from sexton.web.register import describe


def test_the_reference_is_what_the_models_say():
    assert describe.TARGET.read_text("utf-8") == describe.text(), (
        "run: .venv/bin/python -m sexton.web.register.describe"
    )
