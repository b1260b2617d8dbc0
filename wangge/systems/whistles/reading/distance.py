"""How far, in words."""


def spelled(metres: int) -> str:
    """Metres below a kilometre, kilometres above."""
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres} m"
