import { createHistogram } from 'node:perf_hooks';
import { type Dispatcher, Pool } from 'undici';
import { workloadNamed } from '../gateway/workloads.ts';

export interface LoadOptions {
  readonly url: string;
  readonly workload: string;
  /** Sent in turn, one a request. */
  readonly authorizations: readonly string[];
  readonly seconds: number;
  readonly connections: number;
  /** Requests a second at regular times; without it each connection asks again as soon as it has its answer. */
  readonly rate?: number;
  /** Numbers the requests, so that no two runs repeat each other. */
  readonly firstRequest: number;
  /** Each answer must have this many bytes. */
  readonly answerBytes: number;
}

/** Latencies in ms; of a run with a rate they count from the moment a request was due. */
export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Puts load on one gateway for a bounded time. */
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
    const settle = (isRight: boolean) => {
      pending--;
      lastAnswerAt = performance.now();
      if (isRight) histogram.record(Math.max(1, Math.round((lastAnswerAt - dueAt) * 1000)));
      else failures++;
      onDone();
    };
    pool.dispatch(
      { path: pathname, method: 'POST', headers: requestHeaders, body: body(request) },
      new CountedAnswer(options.answerBytes, settle),
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

/** Counts an answer's bytes, and looks at its head only: reading it all would cost the load more than the answer is worth. */
class CountedAnswer implements Dispatcher.DispatchHandler {
  readonly #expected: number;
  readonly #settle: (isRight: boolean) => void;
  #bytes = 0;
  #isRight = false;

  constructor(expected: number, settle: (isRight: boolean) => void) {
    this.#expected = expected;
    this.#settle = settle;
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
    this.#settle(this.#isRight && this.#bytes === this.#expected);
  }

  onResponseError(): void {
    this.#settle(false);
  }
}
