"""A server for each file, full of objects in every state, and somebody who asks it things."""

from collections.abc import Iterator

import pytest

from tests.contract.fuzzing import Fuzzer
from tests.contract.living import populate
from tests.e2e.client import Api
from tests.e2e.server import SECRET_KEY, Server


@pytest.fixture(scope="module")
def fuzzer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzer]:
    """Somebody who asks a server of its own, which tells of no fault."""
    server = Server(tmp_path_factory.mktemp("fuzzed") / "data").start()
    with Api(server.url, SECRET_KEY) as api:
        living = populate(api)
    fuzzer = Fuzzer(server.url, living)
    yield fuzzer
    fuzzer.close()
    server.close()
    assert [line for line in server.output.lines if '"level":"error"' in line] == []
