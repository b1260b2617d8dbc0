"""Messages and bars on stderr for what takes more than two seconds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

console = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """One line for the reader; never for a script."""
    console.print(text)


@contextmanager
def doing(title: str) -> Iterator[None]:
    """Show that something is going on, then how long it took."""
    begun = monotonic()
    if console.is_terminal:
        with console.status(title):
            yield
    else:
        yield
    say(f"✓ {title}  {monotonic() - begun:.1f} s")


def bar() -> Progress:
    """A bar with a known total: ``with bar() as progress: task = progress.add_task(title, total=n)``."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


@contextmanager
def advancing(title: str, total: int, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that is told how many are done; nothing where ``quiet``."""
    if quiet or not console.is_terminal:
        yield lambda done: None
        return
    with bar() as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.update(task, completed=done)
