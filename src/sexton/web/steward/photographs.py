"""The form by which a photograph comes into the register, or its file is replaced."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sexton.messages import translate
from sexton.web.register import photographs
from sexton.web.register.history import Values
from sexton.web.steward.forms import DoorForm

# What follows from the file: nobody types it.
OF_THE_FILE = ("file", "digest", "width", "height")


class PhotographForm(DoorForm):
    """An image with its file, which is decoded, cleaned and kept before the row is written.

    A file whose row is then not written stays behind without harm: no page refers to it.
    """

    upload = forms.FileField(
        label=_("File of the photograph"),
        help_text=_(
            "JPEG, PNG or WebP, at most 40 MB. It is written anew: the place and the device that a "
            "camera notes in it are not kept."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: photographs.Photograph | None = None
        self.fields["upload"].required = not self.instance.pk

    def clean_upload(self) -> Any:
        given = self.cleaned_data["upload"]
        if not given:
            return None
        if given.size > photographs.MOST_BYTES:
            raise _as_error(photographs.too_large())
        try:
            self.taken = photographs.read(given.read())
        except photographs.NotAPhotograph as error:
            raise _as_error(error) from error
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("use") == "public":
            for name in ("rights_holder", "licence"):
                if name in self.fields and not cleaned.get(name):
                    text = _("What everybody may see says whose it is, and under which licence.")
                    self.add_error(name, text)
            if cleaned.get("shows_living"):
                text = _("A photograph on which living persons can be recognised is not shown.")
                self.add_error("shows_living", text)
        return cleaned

    def derived(self) -> Values:
        values = super().derived()
        if self.taken is None:
            return values
        size = {"width": self.taken.width, "height": self.taken.height}
        return values | size | {"file": self.taken.name, "digest": self.taken.digest}

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.taken is not None and not self.errors:
            try:
                photographs.keep(self.taken)
            except OSError:
                self.add_error("upload", _("The file could not be kept: is the disk full?"))


def _as_error(error: photographs.NotAPhotograph) -> forms.ValidationError:
    return forms.ValidationError(translate(error.message, get_language() or "en"))
