"""The same sweep on a Dask cluster: the runs are lived by the workers of a scheduler.

For networks you trust: whoever reaches a scheduler can run what he likes on its workers. TLS keeps others out.
Workers need this same version of the package, since results are a matter of bits.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, NamedTuple

from clustersim.foundation import machine
from clustersim.scenario import ScenarioError

PATIENCE: float = 15.0  # seconds to wait for a scheduler and its first worker


class Security(NamedTuple):
    """Files of a TLS connection, as Dask takes them."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


class Cluster(Executor):
    """The workers of a scheduler as an executor, however many were asked for; ScenarioError when it cannot be used."""

    def __init__(self, address: str, security: Security, count: int = 0) -> None:
        try:
            import distributed
        except ImportError:
            raise ScenarioError("--scheduler: dask is not installed: pip install 'clustersim[cluster]'") from None
        try:
            self._client = distributed.Client(address, timeout=PATIENCE, security=_secure(distributed, security))
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as wrong:
            raise ScenarioError(f"--scheduler {address}: {_first_line(wrong)}") from None
        self._refuse_strangers(address)
        self.workers = sum(self._client.nthreads().values())
        self._executor = self._client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand in one bundle. Dask gives the bundle of a worker that is lost to another one."""
        made: Future[Any] = self._executor.submit(by_the_same_code, what_runs_here(), fn, *args, **kwargs)
        return made

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the scheduler; its workers stay."""
        self._executor.shutdown(wait=wait)
        self._client.close(timeout=PATIENCE)

    def _refuse_strangers(self, address: str) -> None:
        """ScenarioError when a worker has other code or other versions than this process."""
        mine = what_runs_here()
        told = self._client.run(what_runs_here, on_error="ignore")  # a worker may be lost while it is asked
        for worker, theirs in sorted(told.items()):
            other = _other(mine, theirs)
            if other:
                self._client.close()
                raise ScenarioError(f"--scheduler {address}: worker {worker} {other}")


def by_the_same_code(here: dict[str, str], fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do a bundle on a worker; ScenarioError when it has joined since the others were asked and is not like them."""
    other = _other(here, what_runs_here())
    if other:
        raise ScenarioError(f"--scheduler: a worker that has joined {other}")
    return fn(*args, **kwargs)


def _other(here: dict[str, str], theirs: dict[str, str]) -> str:
    """What another process has that differs, as a sentence goes on; empty when nothing does."""
    for name in here:
        if theirs.get(name) != here[name]:
            return (
                f"has another {name} ({theirs.get(name)}, here {here[name]}): its bits would not be those of this "
                "machine"
            )
    return ""


@functools.cache
def what_runs_here() -> dict[str, str]:
    """Code, Python and libraries of a process, by name."""
    return {"code": machine.package_fingerprint(), "python": str(machine.facts()["python"]), **machine.versions()}


def _secure(distributed: Any, security: Security) -> Any:
    if not any(security):
        return None
    files = {"tls_ca_file": security.ca, "tls_client_cert": security.cert, "tls_client_key": security.key}
    return distributed.Security(
        require_encryption=True, **{name: str(path) for name, path in files.items() if path is not None}
    )


def _first_line(wrong: BaseException) -> str:
    return (str(wrong) or type(wrong).__name__).splitlines()[0]
