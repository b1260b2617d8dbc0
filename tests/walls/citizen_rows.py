"""The residents' door: open to everybody. What is one's own is shown by a signed cookie; tested in
tests/systems/declarations/test_citizen_receipt.py and test_citizen_mine.py."""

CITIZEN = {
    "declare:number",
    "declare:regions",
    "declare:form",
    "declare:receipt",
    "declare:receipt_qr",
    "declare:mine",
    "declare:again",
    "declare:correct",
    "declare:withdraw",
}
