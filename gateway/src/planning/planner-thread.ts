import { createRequire } from 'node:module';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { RequestRejectedError } from '../operation/operation-request.ts';
import type { Message, Reply, Work } from './messages.ts';

/** The thread's program: in a bundle, the one beside it. */
const WORKER = new URL('./planner-worker.ts', import.meta.url);

interface Waiting {
  readonly isOpening: boolean;
  resolve(result: string): void;
  reject(error: unknown): void;
}

/** The thread took longer than it may, or died. Another one has taken its place. */
export class PlannerStuckError extends Error {
  override readonly name = 'PlannerStuckError';
}

/** A thread that validates and plans. When it is stuck, it is ended, and replaced by one with the same supergraphs. */
export class PlannerThread {
  readonly #memoryMb: number;
  readonly #program: URL;
  readonly #supergraphs = new Map<string, string>();
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  /** Resolves when the thread has read its supergraphs. */
  #opened: Promise<unknown> = Promise.resolve();
  #hasReplied = false;
  #lastId = 0;
  #isStopped = false;

  constructor(memoryMb: number, program = WORKER) {
    this.#memoryMb = memoryMb;
    this.#program = program;
  }

  /** @throws when the supergraph is invalid, or the thread cannot start */
  async open(supergraph: string, sdl: string): Promise<void> {
    if (this.#worker === undefined) this.#start();
    this.#supergraphs.set(supergraph, sdl);
    const opening = this.#send({ kind: 'open', supergraph, sdl });
    this.#opened = Promise.allSettled([this.#opened, opening]);
    try {
      await opening;
    } catch (error) {
      this.close(supergraph);
      throw error;
    }
  }

  close(supergraph: string): void {
    this.#supergraphs.delete(supergraph);
    if (this.#worker) this.#send({ kind: 'close', supergraph }).catch(() => {});
  }

  /**
   * @throws {RequestRejectedError} from the validation or the planner
   * @throws {PlannerStuckError} after `limitMs`
   */
  async run(supergraph: string, work: Work, limitMs: number): Promise<string> {
    if (this.#worker === undefined) this.#start();
    await this.#opened;
    let isDone = false;
    // The reply may have arrived while the event loop was busy: it is read before the thread is judged.
    const judge = () => void (isDone || this.#replace(new PlannerStuckError(`after ${limitMs} ms`)));
    const timer = setTimeout(() => setImmediate(judge), limitMs);
    try {
      return await this.#send({ ...work, supergraph });
    } finally {
      isDone = true;
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#worker?.terminate();
  }

  #start(): void {
    if (this.#isStopped) throw new PlannerStuckError('it is stopped');
    const worker = startWorker(this.#program, { maxOldGenerationSizeMb: this.#memoryMb, maxYoungGenerationSizeMb: 16 });
    // A thread without work does not keep the process.
    worker.unref();
    worker.on('message', (reply: Reply) => this.#receive(reply));
    const lost = (cause: unknown) => {
      if (worker === this.#worker) this.#replace(new PlannerStuckError('the thread died', { cause }));
    };
    worker.on('error', lost);
    worker.on('exit', lost);
    this.#worker = worker;
    this.#hasReplied = false;
    this.#opened = Promise.allSettled(
      [...this.#supergraphs].map(([supergraph, sdl]) => this.#send({ kind: 'open', supergraph, sdl })),
    );
  }

  /** Rejects the work of the thread, and starts another, unless this one never worked. */
  #replace(error: PlannerStuckError): void {
    const stuck = this.#worker;
    this.#worker = undefined;
    void stuck?.terminate();
    const continues = this.#hasReplied && !this.#isStopped;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    if (continues) this.#start();
    for (const { isOpening, resolve, reject } of waiting) {
      if (isOpening && continues) resolve('');
      else reject(error);
    }
  }

  #send(message: DistributiveOmit<Message, 'id'>): Promise<string> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { isOpening: message.kind === 'open', resolve, reject });
      this.#worker?.ref();
      this.#worker?.postMessage({ id, ...message });
    });
  }

  #receive(reply: Reply): void {
    this.#hasReplied = true;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('result' in reply) waiting?.resolve(reply.result);
    else if ('failed' in reply) waiting?.reject(reply.failed);
    else waiting?.reject(new RequestRejectedError(reply.rejected, reply.cause ? { cause: reply.cause } : {}));
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function startWorker(program: URL, resourceLimits: ResourceLimits): Worker {
  if (!program.pathname.endsWith('.ts')) return new Worker(program, { resourceLimits });
  // Node 20 loads no tsx into a thread by `--import`, and the CommonJS form of its API cannot register.
  const tsx = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/cjs$/, 'mjs');
  const source = `import(${JSON.stringify(tsx)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(program.href)});
  });`;
  return new Worker(source, { eval: true, execArgv: [], resourceLimits });
}
