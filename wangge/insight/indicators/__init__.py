"""The indicators of spec 4.2 and the board made of them."""
