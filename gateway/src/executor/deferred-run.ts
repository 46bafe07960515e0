import type { GraphQLFormattedError } from 'graphql';

import { labelOf } from '../operation/defer.ts';
import { type DeferredBlock, labelsIn, labelsOf } from './deferred-plan.ts';
import type { IncrementalPart, PendingFragment } from './incremental-part.ts';
import { PartBuilder } from './part-builder.ts';
import type { DeferredFragment, DeferredGroup } from './run/deferred.ts';
import type { Run } from './run/run.ts';
import type { Variant } from './variants.ts';

/** A fragment that is not delivered yet. */
interface Waiting {
  readonly fragment: DeferredFragment;
  /** The blocks that it waits for. */
  readonly labels: readonly string[];
  /** Undefined until it is announced. */
  pending?: PendingFragment;
}

interface Written {
  readonly data: Buffer | null;
  isDelivered: boolean;
}

/** Fetches the deferred blocks of an operation, and delivers each deferred fragment once its blocks have ended. */
export class DeferredRun {
  readonly pending: readonly PendingFragment[];
  readonly #run: Run;
  readonly #variant: Variant;
  /** Returns the error for the client. */
  readonly #mask: (error: unknown) => GraphQLFormattedError;
  /** Labels of the blocks that have not ended, with repetitions. */
  readonly #unended: string[];
  readonly #running = new Set<Promise<void>>();
  readonly #delivered = new Set<DeferredFragment>();
  readonly #failed = new Set<DeferredFragment>();
  readonly #written = new Map<DeferredGroup, Written>();
  #waiting: Waiting[] = [];
  #isStarted = false;
  #ids = 0;
  /** Errors that earlier parts have. */
  #reported = 0;
  #hasNews = true;
  #wake: (() => void) | undefined;

  /** @param run its first part is written */
  constructor(run: Run, variant: Variant, mask: (error: unknown) => GraphQLFormattedError) {
    this.#run = run;
    this.#variant = variant;
    this.#mask = mask;
    this.#unended = labelsIn(variant.blocks);
    this.#await(run.deferred?.take() ?? []);
    const first = new PartBuilder();
    this.#advance(first);
    this.pending = first.pending;
    this.#reported = run.errors.length;
  }

  /** Parts in the order in which their fetches end. Ends early when the request is cancelled. */
  async *parts(): AsyncGenerator<IncrementalPart> {
    const { signal } = this.#run.context;
    const wake = (): void => this.#notify();
    signal?.addEventListener('abort', wake);
    this.#isStarted = true;
    this.#start(this.#variant.blocks);
    try {
      while (this.#waiting.length > 0) {
        await this.#news();
        if (signal?.aborted) return;
        const part = this.#nextPart();
        if (part !== undefined) yield part;
      }
    } finally {
      signal?.removeEventListener('abort', wake);
    }
  }

  /** Resolves when no fetch is running. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #start(blocks: readonly DeferredBlock[]): void {
    if (this.#run.context.signal?.aborted) return;
    for (const block of blocks) {
      const running = this.#fetch(block).finally(() => this.#running.delete(running));
      this.#running.add(running);
    }
  }

  async #fetch({ label, step, blocks }: DeferredBlock): Promise<void> {
    const own = this.#run.fork();
    try {
      await step?.(own);
    } catch (error) {
      own.errors.push(this.#mask(error));
    }
    this.#run.absorb(own.errors);
    this.#unended.splice(this.#unended.indexOf(label), 1);
    this.#start(blocks);
    this.#notify();
  }

  #notify(): void {
    this.#hasNews = true;
    this.#wake?.();
  }

  async #news(): Promise<void> {
    if (!this.#hasNews) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#hasNews = false;
  }

  #nextPart(): IncrementalPart | undefined {
    const part = new PartBuilder();
    this.#advance(part);
    if (part.isEmpty) return undefined;
    const hasNext = this.#waiting.length > 0;
    const { errors } = this.#run;
    if (!hasNext) this.#run.reportUnreached();
    const fresh = errors.slice(this.#reported);
    this.#reported = errors.length;
    return part.build({ fresh, all: errors, hasNext, release: (data) => this.#run.output.recycle(data) });
  }

  #await(fragments: readonly DeferredFragment[]): void {
    for (const fragment of fragments) {
      this.#waiting.push({ fragment, labels: labelsOf(fragment, this.#variant.deferred) });
    }
  }

  /** Announces fragments whose parent is delivered, and delivers those whose blocks have ended. */
  #advance(part: PartBuilder): void {
    let settled = -1;
    while (settled !== this.#delivered.size + this.#failed.size) {
      settled = this.#delivered.size + this.#failed.size;
      for (const waiting of this.#waiting.splice(0)) {
        const { parent } = waiting.fragment;
        if (parent !== undefined && this.#failed.has(parent)) this.#failed.add(waiting.fragment);
        else if (parent === undefined || this.#delivered.has(parent)) this.#open(waiting, part);
        else this.#waiting.push(waiting);
      }
    }
  }

  #open(waiting: Waiting, part: PartBuilder): void {
    const { fragment, labels } = waiting;
    // All its fields were delivered earlier, so the client need not know of it.
    if (fragment.groups.length === 0) return void this.#delivered.add(fragment);
    waiting.pending ??= part.announce(this.#announced(fragment));
    if (this.#isStarted && !labels.some((label) => this.#unended.includes(label)))
      this.#deliver(fragment, waiting.pending, part);
    else this.#waiting.push(waiting);
  }

  #announced({ path, usage }: DeferredFragment): PendingFragment {
    return { id: String(this.#ids++), path, label: labelOf(usage.directive) };
  }

  #deliver(fragment: DeferredFragment, pending: PendingFragment, part: PartBuilder): void {
    // Writing a group may find further groups of the fragment, in objects below.
    for (const group of fragment.groups) if (!this.#written.has(group)) this.#write(group);
    const groups = fragment.groups.map((group) => ({ ...group, written: this.#written.get(group) }));
    const isFailed = groups.some(({ written }) => written?.data === null);
    (isFailed ? this.#failed : this.#delivered).add(fragment);
    if (isFailed) part.fail(pending);
    for (const { path, written } of groups) {
      if (isFailed || !written?.data || written.isDelivered) continue;
      written.isDelivered = true;
      part.add(pending, path, written.data);
    }
    part.complete(pending);
  }

  #write(group: DeferredGroup): void {
    const run = this.#run;
    run.output.begin();
    run.enter(group);
    const isWritten = this.#isWritten(group);
    this.#written.set(group, { data: isWritten ? run.output.take() : null, isDelivered: false });
    const found = run.deferred?.take() ?? [];
    if (isWritten) this.#await(found);
  }

  /** A bug fails the fragments of the group only. */
  #isWritten(group: DeferredGroup): boolean {
    try {
      return group.write();
    } catch (error) {
      this.#run.absorb([{ ...this.#mask(error), path: group.path }]);
      return false;
    }
  }
}
