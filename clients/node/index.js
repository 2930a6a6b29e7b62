// A small client of Consilience's services for Node.
//
//   import { Client } from 'consilience-client';
//
//   const consilience = new Client('127.0.0.1:7401', { corroboration: '127.0.0.1:7403' });
//   for await (const claim of consilience.claims({ filter: 'state = DISPUTED' })) {
//     console.log(claim.corroboration.score, claim.displayName);
//   }
//   consilience.close();
//
// Answers are the messages of the protos as plain objects in camel case; every call that fails
// rejects with a ConsilienceError.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

import { fromServiceError } from './errors.js';

export { ConsilienceError } from './errors.js';

// A server that is about to end says so under the name "calls", and is sent no more of them.
const SERVICE_CONFIG = {
  loadBalancingConfig: [{ round_robin: {} }],
  healthCheckConfig: { serviceName: 'calls' },
  methodConfig: [{
    name: [{}],
    retryPolicy: {
      maxAttempts: 4,
      initialBackoff: '0.1s',
      maxBackoff: '1s',
      backoffMultiplier: 2,
      retryableStatusCodes: ['UNAVAILABLE'],
    },
  }],
};
// Keepalive matches what the servers permit: pings faster than theirs would end in GOAWAY.
const OPTIONS = {
  'grpc.service_config': JSON.stringify(SERVICE_CONFIG),
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 5_000,
  'grpc.max_receive_message_length': 16 << 20,
  'grpc.primary_user_agent': 'consilience-node',
};
const LONGEST_PAUSE = 5000;
const MOST_PAUSES = 10;

function load() {
  const here = dirname(fileURLToPath(import.meta.url));
  const folder = [join(here, 'proto'), join(here, '../../proto')].find((path) => existsSync(path));
  const files = [
    'consilience/ingest/v1/ingest_service.proto',
    'consilience/corroboration/v1/corroboration_service.proto',
    'consilience/corroboration/v1/source_service.proto',
    'google/rpc/status.proto',
    'google/rpc/error_details.proto',
  ];
  return grpc.loadPackageDefinition(protoLoader.loadSync(files, {
    includeDirs: [folder], longs: Number, enums: String, defaults: true, oneofs: true,
  }));
}

// Proto-loader keeps its own functions beside the types.
function errorTypes(definition) {
  const types = {};
  for (const [name, type] of Object.entries(definition.google.rpc)) {
    if (type.deserialize) types[name] = { deserialize: type.deserialize };
  }
  return types;
}

function isLocal(address) {
  const host = address.slice(0, address.lastIndexOf(':'));
  return address.startsWith('unix:') || host === 'localhost' || host === '[::1]' ||
    host.startsWith('127.');
}

export class Client {
  #stubs;
  #types;
  #timeout;
  #metadata = new grpc.Metadata();

  // `server` has all services; `ingest` and `corroboration` say where one has its own address.
  // `timeout`: milliseconds that one call may take, all its attempts together. `credentials`:
  // grpc.credentials.createSsl(…) to speak TLS. `token` is refused without TLS unless every server
  // is on this machine.
  constructor(server, { ingest = server, corroboration = server, timeout = 30_000, credentials,
    token } = {}) {
    if (token && !credentials && ![ingest, corroboration].every(isLocal)) {
      throw new TypeError('a token is never sent in the clear to another machine; give credentials');
    }
    if (token) this.#metadata.set('authorization', `Bearer ${token}`);
    this.#timeout = timeout;
    const definition = load();
    this.#types = errorTypes(definition);
    const api = definition.consilience;
    const secure = credentials ?? grpc.credentials.createInsecure();
    this.#stubs = {
      documents: new api.ingest.v1.IngestService(ingest, secure, OPTIONS),
      claims: new api.corroboration.v1.CorroborationService(corroboration, secure, OPTIONS),
      sources: new api.corroboration.v1.SourceService(corroboration, secure, OPTIONS),
    };
  }

  close() {
    for (const stub of Object.values(this.#stubs)) stub.close();
  }

  // Takes one article in. metadata: title, publicationDate, outlet, url, format, label.
  ingest(text, metadata = {}) {
    const document = { content: Buffer.from(text), ...metadata };
    return this.#call('documents', 'IngestDocument', { document });
  }

  // Resolves when everything taken in is scored.
  async waitUntilIdle(timeout = 60_000) {
    const deadline = Date.now() + timeout;
    for (;;) {
      const status = await this.#call('documents', 'GetPipelineStatus', {});
      if (status.pendingCount + status.runningCount + status.retryingCount === 0) return;
      if (Date.now() > deadline) throw new Error('documents are still being worked on');
      await pause(100);
    }
  }

  documents({ filter = '', orderBy = '' } = {}) {
    return this.#pages('documents', 'ListDocuments', { filter, orderBy }, 'documents');
  }

  claims({ filter = '', orderBy = '', full = false } = {}) {
    const view = full ? 'CLAIM_VIEW_FULL' : 'CLAIM_VIEW_BASIC';
    return this.#pages('claims', 'ListClaims', { filter, orderBy, view }, 'claims');
  }

  claim(name) { return this.#call('claims', 'GetClaim', { name }); }

  search(query, { filter = '' } = {}) {
    return this.#pages('claims', 'SearchClaims', { query, filter }, 'claims');
  }

  explain(name) { return this.#call('claims', 'ExplainClaim', { name }); }

  // What is known of a sentence: a StatementCheck for each thing it claims.
  async check(statement, { date = '', place = '' } = {}) {
    return (await this.#call('claims', 'CheckStatement', { statement, date, place })).checks;
  }

  questions({ filter = '', orderBy = '' } = {}) {
    return this.#pages('claims', 'ListQuestions', { filter, orderBy }, 'questions');
  }

  sources({ filter = '', orderBy = '' } = {}) {
    return this.#pages('sources', 'ListSources', { filter, orderBy }, 'sources');
  }

  // Changes as they happen, for ever. A connection that breaks is taken up again where it ended, so
  // nothing is missed; keep `resumeToken` of an answer to go on in another process.
  async* watch({ filter = '', resumeToken = '' } = {}) {
    for (let pauses = 0; ; pauses = Math.min(pauses + 1, MOST_PAUSES)) {
      const stream = this.#stubs.claims.WatchClaims({ filter, resumeToken }, this.#metadata);
      try {
        for await (const change of stream) {
          resumeToken = change.resumeToken;
          pauses = 0;
          if (change.claim) yield change;
        }
      } catch (error) {
        if (error.code !== grpc.status.UNAVAILABLE || pauses === MOST_PAUSES) {
          throw fromServiceError(error, this.#types);
        }
      } finally {
        stream.cancel();
      }
      await pause(Math.min(100 * 2 ** pauses, LONGEST_PAUSE));
    }
  }

  #call(stub, method, request) {
    return new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + this.#timeout };
      this.#stubs[stub][method](request, this.#metadata, options, (error, answer) => {
        if (error) reject(fromServiceError(error, this.#types));
        else resolve(answer);
      });
    });
  }

  async* #pages(stub, method, request, field) {
    for (let pageToken = ''; ;) {
      const page = await this.#call(stub, method, { ...request, pageToken });
      yield* page[field];
      pageToken = page.nextPageToken;
      if (!pageToken) return;
    }
  }
}
