import type { Actor } from './actor.ts';
import type { LabelledEvent, TrafficPayloads, TrafficType } from './events.ts';

/** Events that were caused and not yet given out. What somebody does today may have consequences next week. */
export class EventStream {
  readonly #prefix: string;
  #pending: LabelledEvent[] = [];
  #ids = 0;

  constructor(seed: number) {
    this.#prefix = `sim${seed}`;
  }

  newId(kind: string): string {
    this.#ids += 1;
    return `${kind}_${this.#prefix}_${this.#ids.toString(36)}`;
  }

  add<Type extends TrafficType>(actor: Actor, type: Type, at: number, payload: TrafficPayloads[Type]): void {
    const event = { type, eventId: this.newId('evt'), at: Math.round(at), actor, payload };
    this.#pending.push(event as LabelledEvent);
  }

  /** Takes what happens before a moment, in the order of time. */
  takeUntil(end: number): LabelledEvent[] {
    const due: LabelledEvent[] = [];
    const later: LabelledEvent[] = [];
    for (const event of this.#pending) (event.at < end ? due : later).push(event);
    this.#pending = later;
    return due.toSorted((a, b) => a.at - b.at);
  }
}
