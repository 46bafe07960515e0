import { hash, type Options, verify } from '@node-rs/argon2';
import { rateLimited } from '@marquee/errors';
import { FairQueue } from '@marquee/fair-queue';
import { counterIn, observe, type Registry } from '@marquee/telemetry';
import { randomBytes } from 'node:crypto';

import { MAX_TYPED_LENGTH, type Passwords } from '../domain/password.ts';

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default), 19 MiB, two passes, one lane. */
const ARGON2ID: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** About three seconds of work for one thread, and one second of it for a network. */
const BOUNDS = { maxWaiting: 96, maxWaitingPerSource: 32 };
const UNBOUNDED = { maxWaiting: Infinity, maxWaitingPerSource: Infinity };
const RETRY_AFTER_SECONDS = 2;

export interface Argon2Options {
  /** Hashes at once. Each takes a thread of libuv's pool, whose others serve name look-ups, files and token checks. */
  readonly concurrency: number;
  /** False lets any number wait, for load tests. */
  readonly bounded?: boolean;
  readonly metrics?: Registry | undefined;
}

/** Password hashing by argon2id, in a queue that is bounded and fair between networks. */
export class Argon2Passwords implements Passwords {
  readonly #queue: FairQueue;
  readonly #decoy = decoy();

  constructor({ concurrency, bounded = true, metrics }: Argon2Options) {
    this.#queue = new FairQueue({
      workers: concurrency,
      ...(bounded ? BOUNDS : UNBOUNDED),
      refusal: () => rateLimited(RETRY_AFTER_SECONDS, 'Too many people are signing in. Try again in a moment.'),
      onRefused: metrics && countRefusals(metrics),
    });
    if (metrics) observe(metrics, { ...WAITING, read: () => this.#queue.waiting });
  }

  async hash(password: string, network: string): Promise<string> {
    return this.#queue.run(network, () => hash(normalize(password), ARGON2ID));
  }

  async matches(password: string, passwordHash: string | null, network: string): Promise<boolean> {
    const isPossible = password.length <= MAX_TYPED_LENGTH;
    const typed = isPossible ? normalize(password) : '';
    const matches = await this.#queue.run(network, () => verify(passwordHash ?? this.#decoy, typed));
    return matches && isPossible && passwordHash !== null;
  }

  /** Resolves once no hash runs or waits. */
  drain(): Promise<void> {
    return this.#queue.idle();
  }
}

const WAITING = { name: 'marquee_password_hashes_waiting', help: 'Passwords that wait to be hashed' };

function countRefusals(metrics: Registry): () => void {
  const refused = counterIn(metrics, {
    name: 'marquee_password_hashes_refused_total',
    help: 'Passwords not hashed because too many waited',
  });
  return () => refused.inc();
}

/** A hash of no password, in PHC format: comparing with it takes as long as with an account's. */
function decoy(): string {
  const [salt, digest] = [16, 32].map((size) => randomBytes(size).toString('base64').replaceAll('=', ''));
  const { memoryCost, timeCost, parallelism } = ARGON2ID;
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${digest}`;
}

/** Keyboards differ in how they compose a letter such as ü; NIST SP 800-63B asks for one normal form. */
function normalize(password: string): string {
  return password.normalize('NFKC');
}
