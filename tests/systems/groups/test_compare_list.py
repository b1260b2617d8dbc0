"""A firm's list beside its group: joined, not joined, not on the list; nothing of the list is kept."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.systems.groups.groups_cast import (
    BOSS,
    creator,
    firm,
    fresh,
    group,
    id_no,
    joined,
    phone,
    staff_file,
    work,
)
from wangge.foundation.journal.models import Entry
from wangge.systems.groups import actions
from wangge.systems.groups.models import Member, Reconciliation
from wangge.systems.groups.reading import Unreadable, read_staff


def compared(made, rows, heads=("姓名", "手机", "证件号码")):
    return actions.compare_list(actor="test", group=made, staff=read_staff(staff_file(rows, heads)))


def test_by_number_by_phone_and_the_rest():
    made = group(organisation=firm())
    by_phone, by_number, stranger = joined(made, 1), joined(made, 2, id_no=id_no(2)), joined(made, 3)
    work()
    done = compared(
        made,
        [
            ["郑管", BOSS, ""], ["吴甲乙", phone(1), ""], ["吴甲丙", "", id_no(2)],
            ["没来的", phone(40), ""], ["也没来", "", id_no(41)],
        ],
    )  # fmt: skip
    assert done.record.listed == 5
    assert done.record.counts == {"joined": 3, "not_joined": 2, "not_listed": 1}
    assert [(line.row, line.name) for line in done.not_joined] == [(6, "没来的"), (7, "也没来")]
    assert [member.pk for member in done.not_listed] == [stranger.pk]
    assert [fresh(one).on_list for one in (by_phone, by_number, stranger)] == [True, True, False]


def test_a_number_the_register_knows_of_the_member_counts():
    made = group(organisation=firm())
    member = joined(made, 2, id_no=id_no(2))
    work()
    Member.objects.filter(pk=member.pk).update(id_index="", id_sealed="")
    assert compared(made, [["吴甲丙", "", id_no(2)]]).record.counts["joined"] == 1


def test_a_phone_with_another_name_is_shown_and_not_counted_as_joined():
    made = group()
    member = joined(made, 1)
    done = compared(made, [["别人家", phone(1), ""]])
    assert done.record.counts == {"other_name": 1, "not_listed": 1}
    assert [line.name for line in done.other_name] == ["别人家"]
    assert fresh(member).on_list is False


def test_the_same_person_twice_counts_once():
    done = compared(
        group(), [["郑管", BOSS, ""], ["郑管", BOSS, ""], ["甲某", phone(9), ""], ["甲某", phone(9), ""]]
    )
    assert (done.record.listed, done.record.counts["twice"]) == (2, 2)
    assert done.record.counts["joined"] == done.record.counts["not_joined"] == 1


def test_a_name_alone_counts_where_it_is_unique():
    made = group()
    joined(made, 1)
    assert compared(made, [["吴甲乙", "", ""]]).record.counts["joined"] == 1
    joined(made, 5, name="吴甲乙")
    assert compared(made, [["吴甲乙", "", ""]]).record.counts["not_joined"] == 1


def test_a_line_without_a_name_is_counted_as_unreadable():
    assert (
        compared(group(), [["郑管", BOSS, ""], ["", phone(2), ""], ["12345", "", ""]]).record.counts[
            "unreadable"
        ]
        == 2
    )


def test_nothing_of_the_list_is_kept():
    made = group()
    compared(made, [["没来的", phone(40), id_no(40)]])
    kept = str(list(Reconciliation.objects.values_list())) + str(list(Member.objects.values_list()))
    trail = str(list(Entry.objects.values_list("changes", "data", "reason")))
    for secret in ("没来的", phone(40), id_no(40)):
        assert secret not in kept + trail


@pytest.mark.parametrize(
    "heads",
    [("姓名", "手机号码", "身份证号"), ("员工姓名", "联系电话", "证件号码"),
     (" 姓 名 *", "手 机", "公民身份号码"), ("Name", "Mobile", "ID No")],
)  # fmt: skip
def test_columns_are_found_by_their_usual_names(heads):
    assert compared(group(), [["郑管", BOSS, ""]], heads).record.counts["joined"] == 1


def test_an_emergency_phone_or_a_kind_of_id_is_not_taken_for_the_column():
    rows = [["郑管", phone(77), "居民身份证", BOSS]]
    heads = ("姓名", "紧急联系人电话", "证件号码类型", "手机")
    assert compared(group(), rows, heads).record.counts["joined"] == 1


def bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 70_000_000)
    return stream.getvalue()


def other_zip() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as packed:
        packed.writestr("word/document.xml", b"<w/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "empty"), (lambda: b"%PDF-1.7", "wrong_type"),
        (lambda: "姓名,手机".encode(), "wrong_type"),
        (other_zip, "wrong_type"), (bomb, "zip_bomb"), (lambda: b"PK\x03\x04" + b"0" * 99, "damaged"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "damaged"),
        (lambda: b"PK" + b"0" * (6 * 1024 * 1024), "too_big"),
        (lambda: staff_file([["郑管", "一车间"]], ("姓名", "部门")), "no_columns"),
        (lambda: staff_file([]), "no_lines"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_answered_in_words(make, code):
    with pytest.raises(Unreadable) as why:
        read_staff(make())
    assert why.value.code == code
    assert len(why.value.message) > 10


def test_the_creators_own_row_is_found():
    made = group()
    compared(made, [["郑管", BOSS, ""]])
    assert creator(made).on_list is True
