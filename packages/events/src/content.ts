import type { z } from 'zod';

/** Personal data that an event carries, and why it may. */
export interface PersonalData {
  /** A description, such as `the words of a venue's partner`. */
  readonly what: string;
  /** The domains that read it. */
  readonly readBy: readonly [string, ...string[]];
  /** How long these keep it. The event itself is kept for as long as any other. */
  readonly keptFor: string;
}

/** The kind of a value in an event. */
export type Content = 'id' | 'time' | 'code' | 'public name' | 'public fact' | 'own words' | PersonalData;

const contents = new WeakMap<z.ZodType, Content>();

/** Declares what a value of an event is. */
export function declared<Shape extends z.ZodType>(shape: Shape, content: Content): Shape {
  contents.set(shape, content);
  return shape;
}

/** The declared kind of a text; undefined when there is none. */
export function contentOf(shape: z.ZodType): Content | undefined {
  return contents.get(shape);
}
