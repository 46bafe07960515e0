import { MAX_TEXT_LENGTH } from './limits.ts';

/** NUL and lone surrogates: databases and JSON parsers reject them. */
const IMPOSSIBLE = /[\0\p{Cs}]/u;

/** The problem of a client's string; undefined when there is none. */
export function textProblem(text: string, maxLength: number): string | undefined {
  if (text.length > maxLength) return `Enter at most ${maxLength} characters.`;
  return IMPOSSIBLE.test(text) ? 'Remove the characters that cannot be displayed.' : undefined;
}

/** A value that a client must not send, and where it is in its variable. */
export interface InputProblem {
  readonly message: string;
  /** The way to it, such as `['seatIds', 0]`. */
  readonly path: (string | number)[];
}

/** The first unusable string in a value of a custom scalar. Not recursive, because JSON may be deep. */
export function textProblemIn(value: unknown): InputProblem | undefined {
  const message = typeof value === 'string' ? textProblem(value, MAX_TEXT_LENGTH) : undefined;
  if (message !== undefined) return { message, path: [] };
  const rest: Place[] = isObject(value) ? [{ value, name: '', above: undefined }] : [];
  for (let place = rest.pop(); place !== undefined; place = rest.pop()) {
    for (const name of Object.keys(place.value)) {
      const below = place.value[name];
      const problem = typeof below === 'string' ? textProblem(below, MAX_TEXT_LENGTH) : undefined;
      if (problem !== undefined) return { message: problem, path: [...pathTo(place), name] };
      if (isObject(below)) rest.push({ value: below, name, above: place });
    }
  }
  return undefined;
}

/** An object or a list in a value, and the way to it. */
interface Place {
  readonly value: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly above: Place | undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function pathTo(place: Place): string[] {
  const path: string[] = [];
  for (let at = place; at.above !== undefined; at = at.above) path.push(at.name);
  return path.toReversed();
}
