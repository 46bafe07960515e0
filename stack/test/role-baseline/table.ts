import { ROLES } from './world.ts';
import type { Verdict } from './verdicts.ts';

/** The verdicts of all roles on a field, in the order of {@link ROLES}. */
export interface Row {
  /** The way to the field. */
  readonly place: string;
  readonly field: string;
  readonly verdicts: readonly Verdict[];
}

const WIDTH = Math.max(...ROLES.map((role) => role.length)) + 2;

/** One line for the fields of one place that have the same verdicts. */
export function tableOf(rows: readonly Row[]): string[] {
  const fields = new Map<string, string[]>();
  for (const { place, field, verdicts } of rows) {
    const key = `${cells(verdicts)}${place}:`;
    fields.set(key, [...(fields.get(key) ?? []), field]);
  }
  return [...fields].map(([key, names]) => `${key} ${names.join(' ')}`);
}

export function heading(title: string): string {
  return `${cells(ROLES)}${title}`;
}

function cells(texts: readonly string[]): string {
  return texts.map((text) => text.padEnd(WIDTH)).join('');
}
