import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import type { Finding, Location } from '../finding.ts';
import { endOf } from './days.ts';
import type { PublishedOperation } from './registration.ts';
import { readYamlFile } from './yaml-file.ts';

const RETIRED_FILE = 'schema/retired.yml';

const retirementsShape = z
  .array(
    z.strictObject({
      client: z.string().min(1),
      operation: z.string().min(1),
      id: z
        .string()
        .regex(/^[0-9a-f]{64}$/, { error: 'is the SHA-256 of one version' })
        .optional(),
      lastDay: z.iso.date({ error: 'is a day such as 2027-01-31' }),
      reason: z.string().min(10, { error: 'says in at least 10 characters why' }),
    }),
  )
  .nullable()
  // A file of comments alone.
  .transform((retirements) => retirements ?? []);

/** The end of an operation, or of one version of it: clients send it until a day at most. */
export interface Retirement {
  readonly client: string;
  readonly operation: string;
  /** Absent for all versions that are not in the documents. */
  readonly id?: string | undefined;
  /** The last day on which clients send it, in UTC. */
  readonly lastDay: string;
  readonly location: Location;
}

/** Reads schema/retired.yml; no file means no retirements. @throws {RegistryError} for an incomplete entry */
export function readRetirements(root: string): Retirement[] {
  if (!existsSync(join(root, RETIRED_FILE))) return [];
  const { value, locate } = readYamlFile(root, RETIRED_FILE, retirementsShape);
  return value.map((retirement, index) => ({ ...retirement, location: locate([index]) }));
}

/** The retirement of an operation, whether its day has come or not. */
export function retirementOf(
  retirements: readonly Retirement[],
  { client, name, id }: PublishedOperation,
): Retirement | undefined {
  return retirements.find(
    (each) => each.client === client && each.operation === name && (each.id === undefined || each.id === id),
  );
}

export function isOver({ lastDay }: Retirement, now: Date): boolean {
  return endOf(lastDay) <= now.getTime();
}

/** Retirements of operations that are not published, or still in the documents. */
export function unneededRetirements(
  retirements: readonly Retirement[],
  former: readonly PublishedOperation[],
): Finding[] {
  const used = new Set(former.map((operation) => retirementOf(retirements, operation)));
  return retirements
    .filter((retirement) => !used.has(retirement))
    .map(({ client, operation, location }) => ({
      class: 'input',
      rule: 'input',
      severity: 'warning',
      message: `${RETIRED_FILE} retires ${operation} of ${client}, of which no former version is published.`,
      help: 'Remove the entry, or the operation from the documents of the client.',
      location,
    }));
}

/** The retirement entry to suggest. */
export function retirementHint({ client, name }: Pick<PublishedOperation, 'client' | 'name'>): string {
  return `add to ${RETIRED_FILE}: { client: ${client}, operation: ${name}, lastDay: …, reason: … }`;
}
