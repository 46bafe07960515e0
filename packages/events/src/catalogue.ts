import type { z } from 'zod';

/** The payload of every event type. Each domain adds its own, beside the shapes in its `emits.ts`. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface EventPayloads {}

export type EventType = keyof EventPayloads & string;

/** What an event of the type carries. */
export type PayloadOf<T extends EventType> = EventPayloads[T];

/** The payload's shape of each event type of a domain. */
export type EventShapes = Readonly<Record<string, z.ZodType>>;

/** What a domain's shapes add to {@link EventPayloads}. */
export type PayloadsOf<Shapes extends EventShapes> = { readonly [T in keyof Shapes]: z.output<Shapes[T]> };

/** The event types of all domains, with their shapes. */
export interface EventCatalogue {
  /** The domain that emits events of the type. @throws when none does */
  domainOf(type: string): string;
  /**
   * Reads a payload. Fields that the shape does not name are dropped, so that a newer emitter may add some.
   *
   * @throws {z.ZodError} when the payload does not have the type's shape
   */
  parse(type: string, payload: unknown): unknown;
}

/**
 * Makes a catalogue of what each domain emits.
 *
 * @throws when two domains emit the same type
 */
export function eventCatalogue(shapesOf: Readonly<Record<string, EventShapes>>): EventCatalogue {
  const types = new Map<string, { readonly domain: string; readonly shape: z.ZodType }>();
  for (const [domain, shapes] of Object.entries(shapesOf)) {
    for (const [type, shape] of Object.entries(shapes)) {
      const other = types.get(type)?.domain;
      if (other !== undefined) throw new Error(`Both ${other} and ${domain} emit ${type}`);
      types.set(type, { domain, shape });
    }
  }
  const find = (type: string) => {
    const found = types.get(type);
    if (!found) throw new Error(`No domain emits ${type}`);
    return found;
  };
  return {
    domainOf: (type) => find(type).domain,
    parse: (type, payload) => find(type).shape.parse(payload),
  };
}
