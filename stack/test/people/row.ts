import type { Variables, Who, World } from './world.ts';

type Given = Variables | ((world: World) => Variables | Promise<Variables>);

/** An operation as somebody sends it, and what they get. */
export interface Attempt {
  readonly as: Who;
  /** Variables that differ from the row's; those of `input` one by one. */
  readonly with?: Given;
  /** The code of the answer's first error, the type of its result, or OK. */
  readonly gives: string;
}

/** An operation, and how it answers three callers. They are asked from the last to the first. */
export interface Row {
  readonly variables?: Given;
  /** Somebody who may; null where it takes what only another test has. */
  readonly may: Attempt | null;
  /** Somebody who may not; null where everybody may. */
  readonly mayNot: Attempt | null;
  /** Input that is wrong; null where there is no input. */
  readonly bad: Attempt | null;
  /** Brings a subscription its event. */
  readonly cause?: (world: World) => Promise<unknown>;
  /** Keeps what later rows need of the answer. */
  readonly keep?: (data: never, world: World) => unknown;
}

/** Rows by the operation's name, in the order in which they are sent. */
export type Rows = Readonly<Record<string, Row>>;

/** The variables of an attempt. */
export async function variablesOf({ variables }: Row, { with: given }: Attempt, world: World): Promise<Variables> {
  const [base, change] = [await resolved(variables, world), await resolved(given, world)];
  const [input, changed] = [base['input'], change['input']];
  const isObject = typeof changed === 'object' && !Array.isArray(changed);
  return { ...base, ...change, ...(isObject && { input: { ...(input as object), ...changed } }) };
}

async function resolved(given: Given | undefined, world: World): Promise<Variables> {
  return typeof given === 'function' ? given(world) : (given ?? {});
}

/** Somebody sends what the row says. */
export function by(as: Who, gives = 'OK', change?: Given): Attempt {
  return { as, gives, ...(change && { with: change }) };
}

/** Nobody who is signed in sends what the row says. */
export const ANONYMOUS = by('anonymous', 'UNAUTHORIZED_FIELD_OR_TYPE');
/** A page that is too long. */
export const tooMany = (as: Who): Attempt => by(as, 'BAD_USER_INPUT', { first: 101 });
