"""Events and what follows from them."""


def drain() -> int:
    """Run every reaction that is due, in this thread (command line, tests); returns how many ran."""
    from wangge.flows import worker

    return worker.drain()
