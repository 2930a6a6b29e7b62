"""The client: one object for all services, with retries, deadlines, paging and a watch that goes on."""

import json
import time
from typing import Iterator, Optional

import grpc

from consilience.corroboration.v1 import (
    claim_pb2,
    corroboration_service_pb2 as claims_api,
    corroboration_service_pb2_grpc,
    explanation_pb2,
    source_pb2,
    source_service_pb2,
    source_service_pb2_grpc,
)
from consilience.ingest.v1 import ingest_service_pb2 as ingest_api, ingest_service_pb2_grpc
from consilience_client.errors import from_rpc_error

# A server that is about to end says so under the name "calls", and is sent no more of them.
_SERVICE_CONFIG = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "healthCheckConfig": {"serviceName": "calls"},
    "methodConfig": [
        {
            "name": [{}],
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.1s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ],
}
# Keepalive matches what the servers permit: pings faster than theirs would end in GOAWAY.
_OPTIONS = [
    ("grpc.service_config", json.dumps(_SERVICE_CONFIG)),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    ("grpc.max_receive_message_length", 16 << 20),
    ("grpc.primary_user_agent", "consilience-python"),
]
_LONGEST_PAUSE = 5.0
_MOST_PAUSES = 10


class Client:
    """Talks to the services at `server`, or where a service has an address of its own.

    timeout: seconds that one call may take, all its attempts together.
    credentials: grpc.ssl_channel_credentials(…) to speak TLS; None for plaintext.
    token: bearer token; refused without TLS unless every server is on this machine.
    """

    def __init__(
        self,
        server: str,
        *,
        ingest: Optional[str] = None,
        corroboration: Optional[str] = None,
        timeout: float = 30.0,
        credentials: Optional[grpc.ChannelCredentials] = None,
        token: Optional[str] = None,
    ):
        addresses = {"ingest": ingest or server, "corroboration": corroboration or server}
        if token and credentials is None and not all(map(_is_local, addresses.values())):
            raise ValueError("a token is never sent in the clear to another machine; give credentials")
        self._timeout = timeout
        self._metadata = (("authorization", f"Bearer {token}"),) if token else ()
        self._channels = {}
        for address in set(addresses.values()):
            self._channels[address] = (
                grpc.secure_channel(address, credentials, options=_OPTIONS)
                if credentials
                else grpc.insecure_channel(address, options=_OPTIONS)
            )
        claims = self._channels[addresses["corroboration"]]
        self._claims = corroboration_service_pb2_grpc.CorroborationServiceStub(claims)
        self._sources = source_service_pb2_grpc.SourceServiceStub(claims)
        self._documents = ingest_service_pb2_grpc.IngestServiceStub(
            self._channels[addresses["ingest"]]
        )

    def close(self) -> None:
        for channel in self._channels.values():
            channel.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def ingest(self, text, **metadata) -> ingest_api.IngestDocumentResponse:
        """Takes one article in. metadata: title, publication_date, outlet, url, format, label."""
        content = text.encode() if isinstance(text, str) else text
        document = ingest_api.DocumentInput(content=content, **metadata)
        return self._call(
            self._documents.IngestDocument, ingest_api.IngestDocumentRequest(document=document)
        )

    def wait_until_idle(self, timeout: float = 60.0) -> None:
        """Returns when everything taken in is scored; TimeoutError when that takes longer."""
        deadline = time.monotonic() + timeout
        while True:
            status = self._call(
                self._documents.GetPipelineStatus, ingest_api.GetPipelineStatusRequest()
            )
            if status.pending_count + status.running_count + status.retrying_count == 0:
                return
            if time.monotonic() > deadline:
                raise TimeoutError("documents are still being worked on")
            time.sleep(0.1)

    def documents(self, filter: str = "", order_by: str = "") -> Iterator:
        request = ingest_api.ListDocumentsRequest(filter=filter, order_by=order_by)
        return self._pages(self._documents.ListDocuments, request, "documents")

    def document(self, name: str):
        """With its text."""
        return self._call(
            self._documents.GetDocument,
            ingest_api.GetDocumentRequest(name=name, view=ingest_api.DOCUMENT_VIEW_FULL),
        )

    def claims(
        self, filter: str = "", order_by: str = "", full: bool = False
    ) -> Iterator[claim_pb2.Claim]:
        """Claims by filter. full: with assertions and relations."""
        view = claims_api.CLAIM_VIEW_FULL if full else claims_api.CLAIM_VIEW_BASIC
        request = claims_api.ListClaimsRequest(filter=filter, order_by=order_by, view=view)
        return self._pages(self._claims.ListClaims, request, "claims")

    def claim(self, name: str) -> claim_pb2.Claim:
        return self._call(self._claims.GetClaim, claims_api.GetClaimRequest(name=name))

    def search(self, query: str, filter: str = "") -> Iterator[claim_pb2.Claim]:
        request = claims_api.SearchClaimsRequest(query=query, filter=filter)
        return self._pages(self._claims.SearchClaims, request, "claims")

    def explain(self, name: str) -> explanation_pb2.Explanation:
        return self._call(self._claims.ExplainClaim, claims_api.ExplainClaimRequest(name=name))

    def check(self, statement: str, date: str = "", place: str = "") -> list:
        """What is known of a sentence: a corroboration.v1.StatementCheck for each thing it claims."""
        request = claims_api.CheckStatementRequest(statement=statement, date=date, place=place)
        return list(self._call(self._claims.CheckStatement, request).checks)

    def questions(self, filter: str = "", order_by: str = "") -> Iterator[claim_pb2.Question]:
        request = claims_api.ListQuestionsRequest(filter=filter, order_by=order_by)
        return self._pages(self._claims.ListQuestions, request, "questions")

    def sources(self, filter: str = "", order_by: str = "") -> Iterator[source_pb2.Source]:
        request = source_service_pb2.ListSourcesRequest(filter=filter, order_by=order_by)
        return self._pages(self._sources.ListSources, request, "sources")

    def watch(self, filter: str = "", resume_token: str = "") -> Iterator:
        """Changes as they happen, for ever. A connection that breaks is taken up again where it
        ended, so nothing is missed; keep `resume_token` of an answer to go on in another process."""
        request = claims_api.WatchClaimsRequest(filter=filter, resume_token=resume_token)
        pauses = 0
        while True:
            try:
                for change in self._claims.WatchClaims(request, metadata=self._metadata):
                    request.resume_token = change.resume_token
                    pauses = 0
                    if change.HasField("claim"):
                        yield change
            except grpc.RpcError as error:
                if error.code() != grpc.StatusCode.UNAVAILABLE or pauses == _MOST_PAUSES:
                    raise from_rpc_error(error) from error
            time.sleep(min(0.1 * 2**pauses, _LONGEST_PAUSE))
            pauses = min(pauses + 1, _MOST_PAUSES)

    def _call(self, method, request):
        try:
            return method(request, timeout=self._timeout, metadata=self._metadata)
        except grpc.RpcError as error:
            raise from_rpc_error(error) from error

    def _pages(self, method, request, field):
        while True:
            page = self._call(method, request)
            yield from getattr(page, field)
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token


def _is_local(address: str) -> bool:
    host = address.rpartition(":")[0]
    return address.startswith("unix:") or host in ("localhost", "[::1]") or host.startswith("127.")
