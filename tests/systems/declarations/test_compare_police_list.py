"""A list of the police leaves flags and counts; nothing else of it stays anywhere."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests import cast
from tests.systems.declarations.verify_cast import a_room, an_id, somebody
from wangge.foundation.journal.models import Entry
from wangge.lib.sealing import blind
from wangge.registry.people.rules import Declined
from wangge.systems.declarations.actions.residence_list import compare_list
from wangge.systems.declarations.enums import ListSays
from wangge.systems.declarations.models import Exchange, ResidenceCode
from wangge.systems.declarations.queries import residence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
WHY = "核对流动人口粤居码申领情况"
STRANGER, ABROAD = an_id(91), an_id(93)


@pytest.fixture
def residents():
    made = {}
    for serial, status in ((61, "7"), (63, "3"), (65, "8"), (67, "")):
        facts = {"residence_code_status": status} if status else {}
        made[serial] = somebody(
            f"欧阳{serial}", room=a_room(str(serial)), hukou_region="430100", id_no=an_id(serial), **facts,
            on=timezone.localdate() - timedelta(days=9),
        )  # fmt: skip
    return made


def compare(rows, **more) -> Exchange:
    return compare_list(actor="w", area=cast.COMMUNITY, rows=rows, purpose=WHY, **more)


def flags() -> dict[str, str]:
    return dict(ResidenceCode.objects.values_list("person__name", "list_says"))


def test_same_differs_not_here_and_unreadable(residents):
    made = compare([(an_id(61), "7"), (an_id(63), "7"), (STRANGER, "7"), ("123", "7"), (an_id(65), "胡说")])
    assert made.counts == {"rows": 5, "unreadable": 2, "same": 1, "differs": 1, "absent": 0, "not_here": 1}
    assert flags() == {"欧阳61": ListSays.SAME, "欧阳63": ListSays.DIFFERS}
    assert set(residence.list_differs().values_list("person__name", flat=True)) == {"欧阳63"}


def test_without_a_status_whoever_is_on_the_list_is_confirmed(residents):
    compare([(an_id(61), ""), (an_id(65), ""), (an_id(67), "")])
    assert flags() == {"欧阳61": "same", "欧阳65": "same", "欧阳67": "differs"}


def test_a_complete_list_flags_who_is_missing_on_it(residents):
    made = compare([(an_id(61), "7")], complete=True)
    assert (made.counts["absent"], flags()["欧阳63"]) == (3, ListSays.ABSENT)


def test_a_later_list_takes_the_place_of_the_earlier(residents):
    compare([(an_id(63), "7")])
    compare([(an_id(63), "3")])
    assert flags() == {"欧阳63": ListSays.SAME}
    assert Exchange.objects.count() == 2


def test_the_register_is_not_changed_by_a_list(residents):
    compare([(an_id(63), "7")])
    residents[63].refresh_from_db()
    assert residents[63].residence_code_status == "3"


def test_people_of_another_area_are_not_here(residents):
    somebody("令狐远", room=a_room("1", grid=cast.OTHER_GRID), hukou_region="430100", id_no=an_id(95))
    made = compare([(an_id(95), "7")])
    assert (made.counts["not_here"], flags()) == (1, {})


@pytest.mark.parametrize(("rows", "purpose"), [([(STRANGER, "7")], " "), ([], WHY), ([("x", "7")], WHY)])
def test_without_a_purpose_or_a_readable_row_nothing_is_compared(rows, purpose):
    with pytest.raises(Declined):
        compare_list(actor="w", area=cast.COMMUNITY, rows=rows, purpose=purpose)
    assert Exchange.objects.count() == 0


def workbook(rows) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([("姓名", "公民身份号码", "粤居码状态"), *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def send(desk, name: str, content: bytes, **form) -> str:
    given = {"file": SimpleUploadedFile(name, content), "purpose": WHY, **form}
    address = f"/console/declarations/residence/list/?area={cast.COMMUNITY}"
    return desk.post(address, given, follow=True).content.decode()


def everything_stored() -> str:
    """Every value of every table and every file of the house, to look for what must not be there."""
    rows = [str(row) for model in apps.get_models() for row in model._base_manager.values_list()]
    files = [
        path.read_bytes().decode("latin-1")
        for path in Path(settings.HOME).rglob("*")
        if path.is_file() and "sqlite" not in path.name
    ]
    return "\n".join(rows + files)


def test_a_file_is_read_and_nothing_of_it_stays(logged_in, residents):
    desk = logged_in(cast.secretary())
    rows = [
        ("从未登记甲", STRANGER, "已确认"),
        ("从未登记乙", ABROAD, "未申领"),
        ("欧阳", an_id(63), "已确认"),
    ]
    shown = send(desk, "名单.xlsx", workbook(rows))
    assert "比对完成：不一致 1 人" in shown and WHY in shown
    stored = everything_stored()
    for gone in (STRANGER, ABROAD, blind(STRANGER), blind(ABROAD), "从未登记", "名单.xlsx"):
        assert gone not in stored
    entry = Entry.objects.get(kind="residence_code.compared")
    assert entry.data["not_here"] == 2 and entry.reason == WHY


def test_a_csv_of_a_windows_machine_is_read_too(logged_in, residents):
    text = f"证件号码,状态\n{an_id(61)},已确认\n{an_id(63)},已领居住证\n"
    assert "不一致 1 人" in send(logged_in(cast.secretary()), "a.csv", text.encode("gb18030"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("码.png", b"\x89PNG", "二维码图片请不要上传"),
        ("a.xlsx", b"not a workbook", "打不开这个文件"),
        ("a.csv", "姓名\n欧阳\n".encode(), "没有找到“证件号码”列"),
        ("a.csv", "证件号码\n12\n".encode(), "没有读得懂的证件号码"),
    ],
)
def test_a_wrong_file_says_what_to_do(logged_in, name, content, said):
    assert said in send(logged_in(cast.secretary()), name, content)


def test_every_number_of_the_ledger_opens_its_rows(logged_in, residents):
    desk = logged_in(cast.secretary())
    compare([(an_id(61), "7"), (an_id(63), "7")], complete=True)
    shown = desk.get("/console/declarations/residence/list/").content.decode()
    links = re.findall(r'<a href="([^"]+says=\w+)">(\d+)</a>', shown)
    assert [number for _address, number in links] == ["1", "1", "2"]
    for address, number in links:
        rows = desk.get(address.replace("&amp;", "&")).content.decode()
        assert rows.count('<li class="code-line') == int(number)
