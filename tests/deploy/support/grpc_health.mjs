// grpc.health.v1.Health/Check as the kubelet asks it: plaintext HTTP/2, one message.
import http2 from "node:http2";

// protobuf: field 1, a string.
function frame(service) {
  const name = Buffer.from(service);
  const message = Buffer.concat([Buffer.from([0x0a, name.length]), name]);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

// "SERVING", "NOT_SERVING", or "status N" for a gRPC error.
export function check(address, service) {
  return new Promise((resolve, reject) => {
    const session = http2.connect(`http://${address}`);
    session.on("error", reject);
    const call = session.request({
      ":method": "POST",
      ":path": "/grpc.health.v1.Health/Check",
      "content-type": "application/grpc",
      te: "trailers",
    });
    const parts = [];
    let status = "";
    call.on("response", (headers) => (status = headers["grpc-status"] ?? status));
    call.on("trailers", (trailers) => (status = trailers["grpc-status"] ?? status));
    call.on("data", (part) => parts.push(part));
    call.on("error", reject);
    call.on("end", () => {
      session.close();
      if (status !== "0") return resolve(`status ${status}`);
      const message = Buffer.concat(parts).subarray(5);
      resolve(["UNKNOWN", "SERVING", "NOT_SERVING"][message[1] ?? 0]);
    });
    call.end(frame(service));
  });
}
