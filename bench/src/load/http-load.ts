import { createHistogram } from 'node:perf_hooks';
import { type Dispatcher, Pool } from 'undici';
import { workloadNamed } from '../gateway/workloads.ts';

export interface LoadOptions {
  readonly url: string;
  readonly workload: string;
  /** Authorization headers, sent in rotation. */
  readonly authorizations: readonly string[];
  readonly seconds: number;
  readonly connections: number;
  /** The fixed request rate per second; without it each connection sends its next request when it has a response. */
  readonly rate?: number;
  /** The number of the first request, so that no two runs repeat requests. */
  readonly firstRequest: number;
  /** The required size of each response. */
  readonly answerBytes: number;
}

/** Latencies in ms. With a fixed rate they are measured from the time at which a request was due. */
export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Generates load on one gateway for a limited time. */
export function httpLoad(options: LoadOptions): Promise<LoadResult> {
  const { origin, pathname } = new URL(options.url);
  const { body } = workloadNamed(options.workload);
  const pool = new Pool(origin, { connections: options.connections, pipelining: 1 });
  const histogram = createHistogram({ lowest: 1, highest: 120_000_000, figures: 3 });
  const headers = options.authorizations.map((authorization) => [
    'content-type',
    'application/json',
    'accept',
    'application/json',
    'authorization',
    authorization,
  ]);
  const startedAt = performance.now();
  const until = startedAt + options.seconds * 1000;
  let sent = 0;
  let failures = 0;
  let pending = 0;
  let lastAnswerAt = startedAt;

  const send = (dueAt: number, onDone: () => void) => {
    const request = options.firstRequest + sent;
    const requestHeaders = headers[sent % headers.length] as string[];
    sent++;
    pending++;
    const complete = (isRight: boolean) => {
      pending--;
      lastAnswerAt = performance.now();
      if (isRight) histogram.record(Math.max(1, Math.round((lastAnswerAt - dueAt) * 1000)));
      else failures++;
      onDone();
    };
    pool.dispatch(
      { path: pathname, method: 'POST', headers: requestHeaders, body: body(request) },
      new CountedAnswer(options.answerBytes, complete),
    );
  };

  return new Promise((resolve) => {
    const finish = () => {
      const seconds = (lastAnswerAt - startedAt) / 1000;
      const [p50, p99, max] = [histogram.percentile(50), histogram.percentile(99), histogram.max].map(
        (us) => us / 1000,
      );
      void pool.destroy();
      resolve({ requests: histogram.count, failures, seconds, p50: p50 ?? 0, p99: p99 ?? 0, max: max ?? 0 });
    };
    if (options.rate === undefined) closedLoop(options.connections, until, send, () => pending === 0, finish);
    else openLoop(options.rate, startedAt, until, send, () => pending === 0, finish);
  });
}

type Send = (dueAt: number, onDone: () => void) => void;

function closedLoop(connections: number, until: number, send: Send, isIdle: () => boolean, finish: () => void): void {
  const next = () => {
    const now = performance.now();
    if (now < until) send(now, next);
    else if (isIdle()) finish();
  };
  for (let connection = 0; connection < connections; connection++) next();
}

function openLoop(
  rate: number,
  startedAt: number,
  until: number,
  send: Send,
  isIdle: () => boolean,
  finish: () => void,
): void {
  let due = 0;
  let isOver = false;
  const onDone = () => {
    if (isOver && isIdle()) finish();
  };
  const timer = setInterval(() => {
    const now = performance.now();
    for (let dueAt = startedAt + (due * 1000) / rate; dueAt <= now; dueAt = startedAt + (due * 1000) / rate) {
      if (dueAt >= until) {
        isOver = true;
        clearInterval(timer);
        return onDone();
      }
      due++;
      send(dueAt, onDone);
    }
  }, 1);
}

const DATA_HEAD = Buffer.from('{"data":{');

/** Counts a response's bytes and checks its start only: parsing it would slow the load generator down. */
class CountedAnswer implements Dispatcher.DispatchHandler {
  readonly #expected: number;
  readonly #complete: (isRight: boolean) => void;
  #bytes = 0;
  #isRight = false;

  constructor(expected: number, complete: (isRight: boolean) => void) {
    this.#expected = expected;
    this.#complete = complete;
  }

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#isRight = status === 200;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#bytes === 0 && chunk.length >= DATA_HEAD.length) this.#isRight &&= chunk.indexOf(DATA_HEAD) === 0;
    this.#bytes += chunk.length;
  }

  onResponseEnd(): void {
    this.#complete(this.#isRight && this.#bytes === this.#expected);
  }

  onResponseError(): void {
    this.#complete(false);
  }
}
