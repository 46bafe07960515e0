import type { Sql, SqlTransaction } from '@marquee/database';

/** The database of a domain, or of the sandbox provider. */
export type Databases = (name: string) => SqlTransaction;

/** A statement about all databases that is true whenever nothing is on its way between them. */
export interface Rule {
  readonly name: string;
  /** A line for each thing that breaks it. */
  violations(databases: Databases): Promise<string[]>;
}

/** A rule about one database. @param broken selects a text, `what`, for each thing that breaks it */
export function ruleOf(name: string, domain: string, broken: Sql): Rule {
  return {
    name,
    violations: async (databases) => {
      const rows = await databases(domain).$queryRaw<{ what: string }[]>(broken);
      return rows.map(({ what }) => what);
    },
  };
}

/** The lines of an audit. */
export async function linesOf(audit: AsyncGenerator<string, unknown>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of audit) lines.push(line);
  return lines;
}

/** The time that background jobs have for what is overdue, in seconds. */
export const GRACE_SECONDS = 60;
