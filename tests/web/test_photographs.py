"""Photographs: cleaned when they come in, shown as far as they may be, hidden and brought back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image as Picture
from PIL import ImageCms

from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.register import models, photographs
from sexton.web.register.history import change
from sexton.web.register.undo import undo

from .test_desk_pages import address

pytestmark = pytest.mark.django_db
EDITOR_FIELDS = {
    "rights_holder": "A. Photographer", "licence": "CC BY 4.0", "use": "public",
    "why": "a visit", "caption": "The plot", "alt": "en: A row of crosses\nru: Ряд крестов",
    "when": "3 May 2024",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> Iterator[Path]:
    settings.HOME = tmp_path
    yield tmp_path


def picture(width: int = 1200, height: int = 800, kind: str = "JPEG", **options: object) -> bytes:
    """A picture that is red on its left and blue on its right."""
    made = Picture.new("RGB", (width, height), "red")
    made.paste("blue", (width // 2, 0, width, height))
    file = io.BytesIO()
    made.save(file, kind, **options)
    return file.getvalue()


def opened(data: bytes) -> Picture.Image:
    return Picture.open(io.BytesIO(data))


def whole(kept: photographs.Photograph) -> Picture.Image:
    return opened(kept.files[kept.name])


def signed_in(role: str, site: models.Site | None = None) -> Client:
    user = User.objects.create_user(f"one-{role}")
    roles.give(user, role, by="a test", reason="a test", site=site)
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, data: bytes | None = None, name: str = "a.jpg", **fields: str):
    sent = EDITOR_FIELDS | {"site": "genk"} | fields
    file = SimpleUploadedFile(name, picture() if data is None else data, "image/jpeg")
    return client.post(address(models.Image, "add"), sent | {"upload": file})


def uploaded(client: Client, **fields: str) -> models.Image:
    done = upload(client, **fields)
    assert done.status_code == 302, done.context["adminform"].form.errors
    return models.Image.objects.latest("pk")


def test_nothing_of_the_camera_is_kept() -> None:
    exif = Picture.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (50.0, 57.0, 0.0)
    exif[0x8825] = {1: "N", 2: (50.0, 57.0, 0.0)}
    data = picture(exif=exif.tobytes(), comment=b"secret remark")
    assert b"A camera" in data and b"secret remark" in data
    kept = photographs.read(data)
    for file in kept.files.values():
        assert not dict(opened(file).getexif())
        assert b"A camera" not in file and b"secret remark" not in file


def test_it_is_turned_upright() -> None:
    exif = Picture.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    kept = photographs.read(picture(1200, 800, exif=exif.tobytes()))
    assert (kept.width, kept.height) == (800, 1200)
    red, _, blue = whole(kept).getpixel((400, 100))
    assert red > 200 > blue


def test_colours_of_another_profile_become_common_ones() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = photographs.read(picture(icc_profile=profile))
    assert whole(kept).getpixel((10, 10))[0] > 240
    broken = photographs.read(picture(icc_profile=b"no profile at all"))
    assert "icc_profile" not in whole(broken).info


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_become_jpeg(kind: str) -> None:
    assert whole(photographs.read(picture(kind=kind))).format == "JPEG"


def test_holes_become_white() -> None:
    made = Picture.new("RGBA", (600, 600), (0, 0, 0, 0))
    file = io.BytesIO()
    made.save(file, "PNG")
    assert whole(photographs.read(file.getvalue())).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("width", "kept"), [(300, [300]), (480, [480]), (1000, [480, 960]), (3000, [480, 960, 1600])]
)
def test_it_is_kept_in_widths_that_are_not_larger_than_itself(width: int, kept: list[int]) -> None:
    files = photographs.read(picture(width, width // 2)).files
    small = [opened(data) for name, data in files.items() if name.endswith(".webp")]
    assert [one.width for one in small] == kept
    assert {one.format for one in small} == {"WEBP"}


def test_the_same_picture_is_the_same_file(home: Path) -> None:
    first, second = photographs.read(picture()), photographs.read(picture())
    assert first.digest == second.digest
    photographs.keep(first)
    photographs.keep(second)
    assert len([path for path in home.rglob("*") if path.is_file()]) == len(first.files)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a" + b"\0" * 40,
        picture()[:400],
        picture(kind="PNG")[:60],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_what_is_no_photograph_is_refused(data: bytes) -> None:
    with pytest.raises(photographs.NotAPhotograph, match="JPEG, PNG or WebP"):
        photographs.read(data)


def test_a_bomb_is_refused_by_its_head(monkeypatch) -> None:
    bomb = picture(9000, 9000, "PNG")
    assert len(bomb) < 400_000

    def decoded(*args: object) -> None:
        raise AssertionError("it was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    with pytest.raises(photographs.NotAPhotograph, match="60 million pixels"):
        photographs.read(bomb)


def test_a_file_that_is_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(photographs, "MOST_BYTES", 1000)
    with pytest.raises(photographs.NotAPhotograph):
        photographs.read(picture())
    form = upload(signed_in("editor")).context["adminform"].form
    assert "upload" in form.errors and not models.Image.objects.exists()


def test_a_full_disk_leaves_nothing_behind(home: Path, monkeypatch) -> None:
    def full(*args: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    done = upload(signed_in("editor"))
    assert "disk full" in str(done.context["adminform"].form.errors["upload"])
    assert not models.Image.objects.exists()
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_an_upload_stands_on_the_page_of_its_site(client: Client) -> None:
    image = uploaded(signed_in("editor"))
    assert (image.width, image.height, image.version) == (1200, 800, 1)
    assert image.alt == {"en": "A row of crosses", "ru": "Ряд крестов"}
    assert image.when_edtf == "2024-05-03"
    text = client.get("/sites/genk/").content.decode()
    for said in ("A. Photographer", "CC BY 4.0", "The plot", "3 May 2024", 'loading="lazy"'):
        assert said in text
    assert f'srcset="/photographs/{image.digest}-480.webp 480w, ' in text
    assert 'width="480" height="320" alt="A row of crosses"' in text
    assert 'alt="Ряд крестов"' in client.get("/ru/sites/genk/").content.decode()
    german = client.get("/de/sites/genk/").content.decode()
    assert 'alt="A row of crosses" lang="en"' in german


def test_files_are_served_for_ever_with_their_type(client: Client) -> None:
    image = uploaded(signed_in("editor"))
    for name, kind in ((f"{image.digest}.jpg", "image/jpeg"),
                       (f"{image.digest}-960.webp", "image/webp")):  # fmt: skip
        answer = client.get(f"/photographs/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == kind
        assert "immutable" in answer.headers["Cache-Control"]
        assert "public" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert opened(b"".join(answer.streaming_content)).size[0] in (1200, 960)


@pytest.mark.parametrize(
    "name", ["..%2f..%2fsecret-key", "secret-key", "0" * 64 + ".jpg", "0" * 64 + "-480.svg", "%00"]
)
def test_no_other_file_can_be_asked_for(client: Client, home: Path, name: str) -> None:
    (home / "secret-key").write_text("x")
    assert client.get(f"/photographs/{name}").status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"use": "private"},
        {"use": "on_request"},
        {"use": "private", "shows_living": True},
        {"hidden_until": timezone.localdate() + timedelta(days=1)},
    ],
)
def test_what_is_not_public_is_hidden_everywhere_and_comes_back(client: Client, values) -> None:
    editor = signed_in("editor")
    image = uploaded(editor)
    file = f"/photographs/{image.digest}-480.webp"
    with change("one-editor", "asked by the family") as door:
        door.edit(image, **values)
    assert client.get(file).status_code == 404
    assert image.digest not in client.get("/sites/genk/").content.decode()
    shown = editor.get(file)
    assert shown.status_code == 200
    assert (
        "no-store" in shown.headers["Cache-Control"] and "private" in shown.headers["Cache-Control"]
    )
    undo(image.change, "one-editor", "the family agrees now")
    assert client.get(file).status_code == 200
    assert image.digest in client.get("/sites/genk/").content.decode()


def test_the_database_refuses_to_show_the_living() -> None:
    image = uploaded(signed_in("editor"))
    with pytest.raises(IntegrityError), transaction.atomic(), change("a", "b") as door:
        door.edit_many(models.Image, {image.pk: {"shows_living": True}})


@pytest.mark.parametrize(
    ("missing", "value"), [("licence", ""), ("rights_holder", ""), ("shows_living", "on")]
)
def test_a_public_photograph_says_whose_it_is_and_shows_no_living(missing: str, value: str) -> None:
    form = upload(signed_in("editor"), **{missing: value}).context["adminform"].form
    assert missing in form.errors
    assert not models.Image.objects.exists()


@pytest.mark.parametrize(
    ("role", "site", "use", "written"),
    [
        ("contributor", "", "private", True),
        ("contributor", "", "public", False),
        ("researcher", "", "public", False),
        ("reviewer", "", "public", False),
        ("caretaker", "genk", "public", True),
        ("caretaker", "chimay", "public", False),
        ("editor", "", "public", True),
        ("administrator", "", "public", True),
    ],
)
def test_who_may_give_a_photograph(role: str, site: str, use: str, written: bool) -> None:
    at = models.Site.objects.get(key=site) if site else None
    done = upload(signed_in(role, at), use=use)
    assert (done.status_code == 302) == written
    assert models.Image.objects.exists() == written


def test_who_is_no_steward_may_give_none(client: Client) -> None:
    assert upload(client).status_code == 302  # to the sign-in page
    reader = Client()
    reader.force_login(User.objects.create_user("a-reader"))
    assert upload(reader).status_code in (302, 403)
    assert not models.Image.objects.exists()


def test_a_caretaker_keeps_what_stands_at_his_site() -> None:
    genk = models.Site.objects.get(key="genk")
    with change("a test", "a stone") as door:
        marker = door.add(models.Marker(site=genk))
    caretaker = signed_in("caretaker", genk)
    image = uploaded(caretaker, site="", marker=str(marker.pk), use="private")
    file = f"/photographs/{image.digest}.jpg"
    assert caretaker.get(file).status_code == 200
    other = models.Site.objects.get(key="chimay")
    user = User.objects.create_user("elsewhere")
    roles.give(user, "caretaker", by="a test", reason="a test", site=other)
    elsewhere = Client()
    elsewhere.force_login(user)
    assert elsewhere.get(file).status_code == 404


def test_the_file_can_be_replaced_and_the_old_one_brought_back(client: Client) -> None:
    editor = signed_in("editor")
    image = uploaded(editor)
    old = image.digest
    form = editor.get(address(models.Image, "change", image.pk)).context["adminform"].form
    assert "file" not in form.fields
    file = SimpleUploadedFile("b.jpg", picture(900, 900), "image/jpeg")
    sent = EDITOR_FIELDS | {"site": "genk", "seen": "1", "upload": file, "why": "sharper"}
    done = editor.post(address(models.Image, "change", image.pk), sent)
    assert done.status_code == 302, done.context["adminform"].form.errors
    image.refresh_from_db()
    assert (image.width, image.version) == (900, 2) and image.digest != old
    assert client.get(f"/photographs/{old}.jpg").status_code == 404
    undo(image.change, "one-editor", "the first was better")
    image.refresh_from_db()
    assert image.digest == old
    assert client.get(f"/photographs/{old}.jpg").status_code == 200


def test_a_memorials_and_a_graves_photographs_stand_on_their_pages(client: Client) -> None:
    editor = signed_in("editor")
    genk = models.Site.objects.get(key="genk")
    with change("a test", "a grave") as door:
        grave = door.add(models.Grave(site=genk, key="genk/1", number="1"))
    of_grave = uploaded(editor, site="", grave=grave.key)
    of_memorial = uploaded(editor, site="", memorial="serna", caption="<b>bold</b>")
    assert of_grave.digest in client.get("/graves/genk/1/").content.decode()
    text = client.get("/memorials/serna/").content.decode()
    assert of_memorial.digest in text and "&lt;b&gt;bold" in text


def test_a_site_without_photographs_says_how_to_give_one(client: Client) -> None:
    text = client.get("/sites/genk/").content.decode()
    assert "No photograph yet." in text and "can give it to a steward" in text
