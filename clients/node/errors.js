// What goes wrong, with the machine-readable half that the services send along.
import grpc from '@grpc/grpc-js';

const DETAILS = 'grpc-status-details-bin';

// A call that failed.
//   code        the gRPC code's name, "NOT_FOUND"
//   reason      ErrorInfo.reason, "RESOURCE_NOT_FOUND"; empty when the server sent none
//   metadata    ErrorInfo.metadata
//   violations  {field: what is wrong with it}
//   retryAfter  seconds to wait, or null
export class ConsilienceError extends Error {
  constructor(error, details) {
    const code = grpc.status[error.code] ?? 'UNKNOWN';
    super(`${code}: ${error.details || error.message}`, { cause: error });
    this.name = 'ConsilienceError';
    this.code = code;
    this.reason = '';
    this.metadata = {};
    this.violations = {};
    this.retryAfter = null;
    for (const detail of details) this.#add(detail);
  }

  #add({ type, value }) {
    if (type.endsWith('/google.rpc.ErrorInfo')) {
      this.reason = value.reason;
      this.metadata = value.metadata;
    } else if (type.endsWith('/google.rpc.BadRequest')) {
      for (const v of value.fieldViolations) this.violations[v.field] = v.description;
    } else if (type.endsWith('/google.rpc.RetryInfo')) {
      this.retryAfter = Number(value.retryDelay.seconds) + value.retryDelay.nanos / 1e9;
    }
  }
}

// `types`: the loaded package google.rpc.
export function fromServiceError(error, types) {
  const details = [];
  for (const bytes of error.metadata?.get(DETAILS) ?? []) {
    for (const any of types.Status.deserialize(bytes).details) {
      const type = any.type_url ?? any.typeUrl;
      const known = types[type.slice(type.lastIndexOf('.') + 1)];
      if (known) details.push({ type, value: known.deserialize(any.value) });
    }
  }
  return new ConsilienceError(error, details);
}
