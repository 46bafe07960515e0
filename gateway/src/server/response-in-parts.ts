import { once } from 'node:events';
import type { FastifyReply } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { IncrementalAnswer } from '../executor/prepared-operation.ts';
import type { IncrementalPart } from '../executor/incremental-part.ts';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import type { OperationPipeline } from '../pipeline/operation-pipeline.ts';
import type { RequestedOperation } from '../pipeline/requested-operation.ts';
import type { CostReport } from '../protection/cost/demand-control.ts';
import { MULTIPART_CLOSING, MULTIPART_OPENING, multipartPart } from '../subscriptions/multipart.ts';
import { isClosed, writeStreamHead } from '../subscriptions/stream-head.ts';
import type { IncrementalFormat } from './incremental-formats.ts';

export interface ResponseInPartsOptions {
  readonly answer: IncrementalAnswer;
  readonly format: IncrementalFormat;
  readonly operation: RequestedOperation;
  readonly request: GatewayRequest;
  readonly pipeline: OperationPipeline;
}

/** Sends the parts of one response and records it as one operation. */
export class ResponseInParts {
  readonly errors: GraphQLFormattedError[];
  readonly #options: ResponseInPartsOptions;
  #isRecorded = false;

  constructor(options: ResponseInPartsOptions) {
    this.#options = options;
    this.errors = [...options.answer.first.errors];
  }

  /** Waits for a slow client: parts that become ready meanwhile are joined. */
  async send(reply: FastifyReply): Promise<void> {
    const { answer, format } = this.#options;
    reply.hijack();
    if (!isClosed(reply)) writeStreamHead(reply, format.contentType);
    await this.#write(reply, `${MULTIPART_OPENING}${multipartPart(this.#first())}`);
    answer.first.release();
    for await (const part of answer.rest ?? []) await this.#write(reply, multipartPart(this.#part(part)));
    reply.raw.end(MULTIPART_CLOSING);
  }

  /** Records the operation, unless its last part has done so. @returns the cost, if the client requested it */
  record(): CostReport | undefined {
    if (this.#isRecorded) return undefined;
    this.#isRecorded = true;
    const { answer, operation, request, pipeline } = this.#options;
    const { first, rest = { whole: () => first } } = answer;
    const result = {
      get data() {
        return rest.whole().result.data;
      },
    };
    return pipeline.record(operation, { errors: this.errors, response: first.response, result }, request);
  }

  #first(): string {
    const { answer, format } = this.#options;
    const { first, rest } = answer;
    const members = {
      ...(first.errors.length > 0 && { errors: this.#formatted(first.errors) }),
      ...format.announcement(rest?.pending ?? []),
      hasNext: rest !== undefined,
      ...(rest === undefined && this.#extensions()),
    };
    return `${first.response?.toString().slice(0, -1)},${JSON.stringify(members).slice(1)}`;
  }

  #part(part: IncrementalPart): string {
    for (const { errors } of part.incremental) this.errors.push(...errors);
    const extensions = part.hasNext ? {} : this.#extensions();
    const text = this.#options.format.part(part, (errors) => this.#formatted(errors), extensions);
    part.release();
    return text;
  }

  #extensions(): object {
    const cost = this.record();
    return cost === undefined ? {} : { extensions: { cost } };
  }

  #formatted(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
    const { pipeline, request } = this.#options;
    return pipeline.errors.formatAll(errors, request.trace.traceId);
  }

  async #write({ raw }: FastifyReply, text: string): Promise<void> {
    const { signal } = this.#options.request;
    if (signal?.aborted || raw.write(text)) return;
    // Rejects when the client disconnects, which ends the parts.
    await once(raw, 'drain', { ...(signal && { signal }) }).catch(() => undefined);
  }
}
