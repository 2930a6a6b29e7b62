"""What goes wrong, with the machine-readable half that the services send along."""

import grpc
from google.rpc import error_details_pb2, status_pb2

_DETAILS = "grpc-status-details-bin"


class ConsilienceError(Exception):
    """A call that failed.

    code: the gRPC code's name, "NOT_FOUND".
    reason: ErrorInfo.reason, "RESOURCE_NOT_FOUND"; empty when the server sent none.
    violations: {field: what is wrong with it}.
    retry_after: seconds to wait, or None.
    """

    def __init__(self, code, message, reason="", metadata=None, violations=None, retry_after=None):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.reason = reason
        self.metadata = metadata or {}
        self.violations = violations or {}
        self.retry_after = retry_after


def from_rpc_error(error: grpc.RpcError) -> ConsilienceError:
    """Takes a grpc.RpcError apart."""
    result = ConsilienceError(error.code().name, error.details() or "")
    for key, value in error.trailing_metadata() or ():
        if key != _DETAILS:
            continue
        status = status_pb2.Status.FromString(value)
        for detail in status.details:
            _add_detail(detail, result)
    return result


def _add_detail(detail, result):
    info = error_details_pb2.ErrorInfo()
    bad = error_details_pb2.BadRequest()
    retry = error_details_pb2.RetryInfo()
    if detail.Unpack(info):
        result.reason = info.reason
        result.metadata = dict(info.metadata)
    elif detail.Unpack(bad):
        result.violations = {v.field: v.description for v in bad.field_violations}
    elif detail.Unpack(retry):
        result.retry_after = retry.retry_delay.ToTimedelta().total_seconds()
