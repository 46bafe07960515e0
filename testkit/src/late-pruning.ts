import pg from 'pg';

/** A node of `EXPLAIN (FORMAT JSON)`. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly Operation?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly PlanNode[];
}

/** How statements are sent to the database. */
export interface PlannedSession {
  readonly url: string;
  /** Postgres settings of the session. */
  readonly session: readonly string[];
}

/**
 * The statements that lock or change rows and find the partitions of cities by what they read, not by their parameters,
 * each with the condition that does.
 *
 * There must be none. When one waits for a row, Postgres 18 checks the row again over the state by which the rest of the
 * statement finds partitions, and then loses rows or crashes.
 */
export async function latePruned(statements: Iterable<string>, { url, session }: PlannedSession): Promise<string[]> {
  const connectionString = new URL(url);
  connectionString.search = '';
  connectionString.searchParams.set('options', session.map((setting) => `-c ${setting}`).join(' '));
  const client = new pg.Client({ connectionString: connectionString.href });
  await client.connect();
  try {
    const late: string[] = [];
    for (const statement of new Set(statements)) {
      const condition = CHANGES.test(statement) && lateCondition(await planOf(client, statement));
      if (condition) late.push(`${condition} in ${statement.trim()}`);
    }
    return late;
  } finally {
    await client.end();
  }
}

/** Words of statements that may lock or change rows; one too many costs a plan. */
const CHANGES = /^\s*(?:UPDATE\b|DELETE\b|(?:WITH|SELECT)\b.*\b(?:UPDATE|DELETE|SHARE)\b)/is;

async function planOf(client: pg.Client, statement: string): Promise<PlanNode[]> {
  const explain = `EXPLAIN (GENERIC_PLAN, COSTS OFF, FORMAT JSON) ${statement}`;
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(explain);
  return rows.flatMap((row) => row['QUERY PLAN']).flatMap(({ Plan }) => nodesOf(Plan));
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** A comparison of the partition key with neither a parameter nor a constant. */
const LATE = /city_code = (?![$']|ANY \((?:ARRAY\[)?[$'])|\((?![$'])[^ (]+ = (?:\w+\.)?city_code\b/;

/** The condition by which the nodes of a table's partitions are found while a plan runs that may check rows again. */
function lateCondition(plan: readonly PlanNode[]): string | undefined {
  if (!plan.some(checksAgain)) return undefined;
  return plan
    .filter((node) => node['Node Type'].endsWith('Append'))
    .flatMap(nodesOf)
    .flatMap((scan) => [scan['Index Cond'] ?? '', scan['Recheck Cond'] ?? '', scan.Filter ?? ''])
    .find((condition) => LATE.test(condition));
}

/** Whether the node waits for rows that other transactions change, and checks them again. */
const checksAgain = ({ 'Node Type': type, Operation: operation }: PlanNode): boolean =>
  type === 'LockRows' || (type === 'ModifyTable' && operation !== 'Insert');
