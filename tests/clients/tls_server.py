"""A corroboration service behind TLS that knows no claims: tls_server.py FOLDER.

Makes an authority, a certificate for localhost and an expired one in FOLDER, listens with each on a
free port, and writes both into FOLDER/ports. The only valid token is "good".
"""

import pathlib
import subprocess
import sys
from concurrent import futures

import grpc

from consilience.corroboration.v1 import corroboration_service_pb2 as api
from consilience.corroboration.v1 import corroboration_service_pb2_grpc as service


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make_certificates(folder):
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    for authority in ("ca", "other"):
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{authority}.key",
                "-out", f"{authority}.pem", "-days", "2", "-subj", f"/CN={authority}")
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "request",
            "-subj", "/CN=localhost")
    for name, days in (("good", "1"), ("expired", "-1")):
        openssl(folder, "x509", "-req", "-in", "request", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-out", f"{name}.pem", "-days", days, "-extfile", "names")


class NoClaims(service.CorroborationServiceServicer):
    def ListClaims(self, request, context):
        if dict(context.invocation_metadata()).get("authorization") != "Bearer good":
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "no valid token")
        return api.ListClaimsResponse()


def serve(folder, name):
    server = grpc.server(futures.ThreadPoolExecutor(2))
    service.add_CorroborationServiceServicer_to_server(NoClaims(), server)
    pair = ((folder / "server.key").read_bytes(), (folder / f"{name}.pem").read_bytes())
    port = server.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([pair]))
    server.start()
    return server, port


def main(folder):
    make_certificates(folder)
    good, good_port = serve(folder, "good")
    _, expired_port = serve(folder, "expired")
    (folder / "ports").write_text(f"{good_port} {expired_port}\n")
    good.wait_for_termination()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
