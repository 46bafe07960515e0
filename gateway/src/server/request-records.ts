import { failSpan } from '@marquee/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BeginIncoming } from '../telemetry/incoming-traces.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';

/** The record of one HTTP request, with state that its handlers share. */
export interface HttpRecord extends RequestRecord {
  /** The request is a batch. */
  isBatch: boolean;
  /** An internal error that kept the operation from starting. */
  failure?: unknown;
  /** Settles when the request has been handled, which its client may not have waited for. */
  answered?: Promise<unknown>;
  /** The response, serialised by the executor. */
  written?: Buffer;
  /** Called when the response is sent. */
  onSent?: () => void;
}

/** The records of all requests in progress. */
export class RequestRecords {
  readonly #begin: BeginIncoming;
  readonly #records = new WeakMap<FastifyRequest, HttpRecord>();

  constructor(begin: BeginIncoming) {
    this.#begin = begin;
  }

  /** The record of a request, created on first use. */
  of(request: FastifyRequest): HttpRecord {
    const known = this.#records.get(request);
    if (known) return known;
    const { method, headers, routeOptions } = request;
    const name = routeOptions.url === undefined ? method : `${method} ${routeOptions.url}`;
    const traced = this.#begin(name, headers['traceparent']);
    const record: HttpRecord = { ...traced, operations: [], codes: [], transport: 'http', isBatch: false };
    this.#records.set(request, record);
    return record;
  }

  /** Ends the request's span. */
  end(request: FastifyRequest, reply: FastifyReply): void {
    const { trace, client } = this.of(request);
    const { span } = trace;
    if (span === undefined) return;
    const { method, url, routeOptions } = request;
    span.setAttributes({
      'http.request.method': method,
      'http.route': routeOptions.url ?? '',
      // Without the query string, which may contain variables.
      'url.path': url.split('?', 1)[0] ?? '',
      'http.response.status_code': reply.statusCode,
      ...(client?.name === undefined ? {} : { 'marquee.client.name': client.name }),
      ...(client?.version === undefined ? {} : { 'marquee.client.version': client.version }),
    });
    if (reply.statusCode >= 500) failSpan(span, String(reply.statusCode));
    span.end();
  }
}
