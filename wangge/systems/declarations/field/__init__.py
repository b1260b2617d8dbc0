"""The grid worker's side on the phone: scan a code, a receipt or a card, and go on from there."""
