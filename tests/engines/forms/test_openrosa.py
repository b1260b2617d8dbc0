"""ODK Collect fills in our forms: the calls it makes, in its order, with its headers."""

from __future__ import annotations

import io
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from tests import cast
from wangge.engines.forms import actions
from wangge.engines.forms.models import Attachment, Submission
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.sealing import unseal

from .form_cast import answer, settings, workbook
from .home_cast import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere", "media")]
LIST = "{http://openrosa.org/xforms/xformsList}"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def published(area: str = cast.COMMUNITY, key: str = "home_visit", version: str = "1"):
    made = actions.upload_form(actor="test", area_code=area, content=workbook(about=settings(key, version)))
    actions.publish_version(actor="test", version=made)
    return made


def phone(area: str = cast.GRID, days: int = 1):
    day = timezone.localdate() + timedelta(days=days)
    return actions.add_device(actor="test", area_code=area, name="志愿者一", ends_on=day)


def send(token: str, xml: str | bytes, **files: bytes):
    parts = {name: SimpleUploadedFile(name.replace("_jpg", ".jpg"), body) for name, body in files.items()}
    named = {part.name: part for part in parts.values()}
    body = xml.encode() if isinstance(xml, str) else xml
    sent = {"xml_submission_file": SimpleUploadedFile("form.xml", body, "text/xml"), **named}
    return Client().post(
        f"/openrosa/{token}/submission?deviceID=collect%3A1", sent, HTTP_X_OPENROSA_VERSION="1.0"
    )


def test_collect_lists_downloads_and_submits():
    published()
    _device, token = phone()
    client = Client()
    listed = client.get(f"/openrosa/{token}/formList", HTTP_X_OPENROSA_VERSION="1.0")
    assert listed["X-OpenRosa-Version"] == "1.0" and listed["Content-Type"].startswith("text/xml")
    entry = ElementTree.fromstring(listed.content).find(f"{LIST}xform")
    assert entry.findtext(f"{LIST}formID") == "home_visit" and entry.findtext(f"{LIST}hash").startswith(
        "md5:"
    )
    form = client.get(entry.findtext(f"{LIST}downloadUrl"))
    assert b'id="home_visit"' in form.content
    assert client.get(entry.findtext(f"{LIST}manifestUrl")).status_code == 200
    asked = client.head(f"/openrosa/{token}/submission")
    assert (
        asked.status_code == 204 and int(asked["X-OpenRosa-Accept-Content-Length"]) > 0 and asked["Location"]
    )
    assert send(token, answer()).status_code == 201
    kept = Submission.objects.get()
    assert kept.area_code == cast.GRID and "林试" not in kept.xml_sealed
    assert "林试" in unseal(kept.xml_sealed, "forms.answer")


def test_the_same_answer_again_is_the_same_answer():
    published()
    _device, token = phone()
    for _time in range(3):
        assert send(token, answer()).status_code == 201
    assert Submission.objects.count() == 1 and Entry.objects.filter(kind="form.answered").count() == 1


def test_another_answer_under_the_same_number_is_refused_and_the_first_stays():
    published()
    _device, token = phone()
    send(token, answer())
    assert send(token, answer(smoke="n")).status_code == 409
    assert Submission.objects.count() == 1


def test_files_come_in_several_posts():
    published()
    _device, token = phone()
    xml = answer(smoke="n", photo="a.jpg")
    first = send(token, xml)
    assert first.status_code == 201 and "1" in first.content.decode()
    assert send(token, xml, a_jpg=b"photo").status_code == 201
    assert send(token, xml, a_jpg=b"photo").status_code == 201
    kept = Attachment.objects.get()
    assert (kept.name, kept.size) == ("a.jpg", 5) and "a.jpg" not in kept.content.name


def test_a_photo_that_is_none_is_kept_and_marked_until_a_real_one_comes():
    published()
    _device, token = phone()
    xml = answer(smoke="n", photo="a.jpg")
    assert send(token, xml, a_jpg=b"photo").status_code == 201  # refused, Collect would send it for ever
    assert (Attachment.objects.get().fault, Attachment.objects.get().kind) == ("image", "")
    assert send(token, xml, a_jpg=jpeg()).status_code == 201
    assert (Attachment.objects.get().fault, Attachment.objects.get().kind) == ("", "jpeg")
    assert send(token, xml, a_jpg=b"photo").status_code == 201
    assert Attachment.objects.get().kind == "jpeg"


def test_a_file_the_answer_does_not_name_is_refused():
    published()
    _device, token = phone()
    assert send(token, answer(), other_jpg=b"x").status_code == 400
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<data",
        "<data id='home_visit'/>",
        "<data><meta><instanceID>uuid:12345678</instanceID></meta></data>",
        "<!DOCTYPE d [<!ENTITY x 'y'>]>" + answer(),
        "<data id='home_visit'>" + "<a>" * 5_000 + "</a>" * 5_000 + "</data>",
        "<data id='home_visit'><meta><instanceID>../../etc</instanceID></meta></data>",
        "<data id='home_visit'>" + "<a>" * 10_000 + "</a>" * 10_000 + "</data>",
        answer().replace("<heads>3</heads>", "<heads>3</heads><heads>4</heads>"),
        answer().replace("<data ", "<html ").replace("</data>", "</html>"),
        answer().encode("gb18030"),
        b'<?xml version="1.0" encoding="martian"?>' + answer().encode(),
        answer().encode("utf-8").replace("林".encode(), b"\xff"),
        "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + answer().replace("林试", "&a;"),
        answer().replace("林试", "&undefined;"),
        answer().replace("林试", "\x00"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(xml):
    published()
    _device, token = phone()
    refused = send(token, xml)
    assert refused.status_code == 400 and "<message>" in refused.content.decode()
    assert not Submission.objects.exists()


def test_an_answer_sent_in_chunks_arrives_with_its_files():
    published()
    _device, token = phone()
    parts = {
        "xml_submission_file": SimpleUploadedFile("form.xml", answer(smoke="n", photo="a.jpg").encode()),
        "a.jpg": SimpleUploadedFile("a.jpg", jpeg()),
    }
    sent = Client().request(
        REQUEST_METHOD="POST", PATH_INFO=f"/openrosa/{token}/submission", HTTP_TRANSFER_ENCODING="chunked",
        CONTENT_TYPE=MULTIPART_CONTENT, **{"wsgi.input": io.BytesIO(encode_multipart(BOUNDARY, parts))},
    )  # fmt: skip
    assert sent.status_code == 201 and Attachment.objects.get().kind == "jpeg"


def test_what_is_too_large_is_refused_before_it_is_read():
    published()
    _device, token = phone()
    refused = send(token, answer().replace("林试", "林" * 2_000_000))
    assert refused.status_code == 413 and not Submission.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_an_answer_in_another_encoding_that_says_so_is_read(encoding):
    published()
    _device, token = phone()
    named = "utf-8" if encoding == "utf-8-sig" else encoding
    xml = f'<?xml version="1.0" encoding="{named}"?>{answer()}'.encode(encoding)
    assert send(token, xml).status_code == 201
    assert "林试" in unseal(Submission.objects.get().xml_sealed, "forms.answer")


def test_an_answer_replayed_by_another_phone_is_not_taken():
    published()
    _one, token = phone()
    _two, other = phone()
    assert (send(token, answer()).status_code, send(other, answer()).status_code) == (201, 409)


def test_a_form_of_another_area_does_not_exist_here():
    published(cast.OTHER_COMMUNITY)
    _device, token = phone(cast.GRID)
    assert b"home_visit" not in Client().get(f"/openrosa/{token}/formList").content
    assert Client().get(f"/openrosa/{token}/forms/home_visit.xml").status_code == 404
    assert send(token, answer()).status_code == 404


def test_a_form_of_the_district_is_used_in_every_grid():
    published(cast.DISTRICT)
    _device, token = phone(cast.OTHER_GRID)
    assert b"home_visit" in Client().get(f"/openrosa/{token}/formList").content


def test_an_ended_a_revoked_and_an_invented_token_are_refused_alike():
    published()
    device, token = phone()
    _old, ended = phone(days=-1)
    actions.revoke_device(actor="test", device=device)
    said = {Client().get(f"/openrosa/{each}/formList").content for each in (token, ended, "x" * 43)}
    assert len(said) == 1
    assert Client().get(f"/openrosa/{token}/formList").status_code == 403


def test_old_versions_keep_their_answers_and_still_take_those_under_way():
    published(version="1")
    _device, token = phone()
    send(token, answer())
    survey = [["type", "name", "label"], ["text", "name", "姓名"]]
    new = actions.upload_form(
        actor="test", area_code=cast.COMMUNITY, content=workbook(survey, about=settings(version="2"))
    )
    actions.publish_version(actor="test", version=new)
    assert send(token, answer("uuid:5b0c2d7e-0002")).status_code == 201
    with within(EVERYWHERE):
        assert [s.version.number for s in Submission.objects.order_by("pk")] == [1, 1]
    assert b"<version>2</version>" in Client().get(f"/openrosa/{token}/formList").content


def test_a_token_never_stands_in_the_log(caplog):
    published()
    _device, token = phone()
    Client().get(f"/openrosa/{'x' * 43}/formList")
    Client().get(f"/openrosa/{token}/forms/nothing.xml")
    Client().delete(f"/openrosa/{token}/submission")
    send(token, "<data")
    assert "openrosa" not in caplog.text
