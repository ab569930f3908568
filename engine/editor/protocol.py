"""The protocol as pygls speaks it, with an answer to every question: one that cannot be read is refused, not dropped.

In: messages as they come, well-made or not. Out: the same messages; for a question that is none, an error to who asked.
An editor that gets no answer waits for it for ever.
"""

from __future__ import annotations

import logging
from typing import Any

from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.protocol import JsonRPCNotification, LanguageServerProtocol

IGNORED = "$/stratagem/ignored"
"""The protocol leaves it to a server what to do with what begins so; this one does nothing."""
REFUSED = -32803
"""The code of a request that is well-made and cannot be met: the editor shows why."""


def is_fault(record: logging.LogRecord) -> bool:
    """Is it anything else than a refusal, which pygls would log with its traceback."""
    raised = record.exc_info[1] if record.exc_info else None
    return not (isinstance(raised, JsonRpcException) and raised.code == REFUSED)


logging.getLogger("pygls.protocol.json_rpc").addFilter(is_fault)


class Protocol(LanguageServerProtocol):
    """Refuses what it cannot read, and what comes after the session was ended."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message that a document is. Raises JsonRpcException for a notification that is none."""
        try:
            return super().structure_message(data)
        except JsonRpcException as fault:
            if "id" not in data or "method" not in data:
                raise
            self._send_response(data["id"], None, fault.to_response_error())
            return JsonRPCNotification(IGNORED, self.VERSION, None)

    def handle_message(self, message: Any) -> None:
        """Hand a message on; a question that comes after the end is refused."""
        asked = getattr(message, "id", None)
        if self._shutdown and asked is not None and hasattr(message, "method"):
            ended = JsonRpcInvalidRequest("The session was ended.")
            self._send_response(asked, None, ended.to_response_error())
            return
        super().handle_message(message)
