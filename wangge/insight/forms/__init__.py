"""What pages of the board are asked for."""
