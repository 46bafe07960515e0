import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { type Finding, inputError, type Location } from '../finding.ts';
import { DAY, endOf } from './days.ts';
import { readYamlFile } from './yaml-file.ts';

const APPROVALS_FILE = 'schema/approvals.yml';

const approvalsShape = z
  .array(
    z.strictObject({
      rule: z.string().regex(/^(breaking|authorisation|contract)\/[a-z-]+$/, {
        error: 'names no rule that can be approved: breaking/…, authorisation/… or contract/…',
      }),
      coordinate: z.string().min(1),
      subgraph: z.string().min(1).optional(),
      reason: z.string().min(10, { error: 'says in at least 10 characters why' }),
      expires: z.iso.date({ error: 'is a day such as 2027-01-31' }),
    }),
  )
  .nullable()
  // A file of comments alone.
  .transform((approvals) => approvals ?? []);

/** An approval: lets one finding pass until a day. */
export interface Approval {
  readonly rule: string;
  readonly coordinate: string;
  readonly subgraph?: string | undefined;
  readonly reason: string;
  /** The last day of the approval, in UTC. */
  readonly expires: string;
  readonly location: Location;
}

/**
 * Reads schema/approvals.yml; no file means no approvals.
 *
 * @throws {RegistryError} for an incomplete entry, or one that lasts too long
 */
export function readApprovals(root: string, now: Date, longestDays: number): Approval[] {
  if (!existsSync(join(root, APPROVALS_FILE))) return [];
  const { value, locate } = readYamlFile(root, APPROVALS_FILE, approvalsShape);
  return value.map((approval, index) => {
    if (endOf(approval.expires) > now.getTime() + (longestDays + 1) * DAY) {
      throw inputError(
        `${APPROVALS_FILE}: the approval of ${approval.coordinate} counts until ${approval.expires}, which is more than ${longestDays} days from now.`,
        locate([index, 'expires']),
        'Choose an earlier day, or change approvals.longestDays in schema/registry.config.yml.',
      );
    }
    return { ...approval, location: locate([index]) };
  });
}

/**
 * Turns approved findings into notes, and reports approvals that are expired or unused.
 *
 * @param isComplete - whether the schema could be compared; otherwise nothing is known of unused approvals
 */
export function applyApprovals(
  findings: readonly Finding[],
  approvals: readonly Approval[],
  now: Date,
  isComplete: boolean,
): Finding[] {
  const used = new Set<Approval>();
  const answered = findings.map((finding): Finding => {
    const approval = approvals.find((candidate) => fits(candidate, finding));
    if (!approval || finding.severity !== 'error') return finding;
    used.add(approval);
    if (endOf(approval.expires) <= now.getTime()) {
      return { ...finding, message: `${finding.message} Its approval expired on ${approval.expires}.` };
    }
    return {
      ...finding,
      severity: 'note',
      message: `${finding.message} Approved until ${approval.expires}: ${approval.reason}`,
    };
  });
  if (!isComplete) return answered;
  return [...answered, ...approvals.filter((approval) => !used.has(approval)).map(unneeded)];
}

/** The approval entry to suggest for a finding. */
export function approvalHint({ rule, coordinate }: Pick<Finding, 'rule' | 'coordinate'>): string {
  return `add to ${APPROVALS_FILE}: { rule: ${rule}, coordinate: '${coordinate}', reason: …, expires: … }`;
}

function fits(approval: Approval, finding: Finding): boolean {
  return (
    approval.rule === finding.rule &&
    approval.coordinate === finding.coordinate &&
    (approval.subgraph === undefined || approval.subgraph === finding.subgraph)
  );
}

function unneeded({ rule, coordinate, location }: Approval): Finding {
  return {
    class: 'input',
    rule: 'input',
    severity: 'warning',
    message: `${APPROVALS_FILE} approves ${rule} of ${coordinate}, which no longer occurs.`,
    help: 'Remove the entry.',
    location,
  };
}
