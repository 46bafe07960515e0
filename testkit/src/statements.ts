/** Records the SQL statements of a client made by `connect(…, { onStatement: counter.onStatement })`. */
export interface StatementCounter {
  onStatement: (sql: string) => void;
  /** Every statement sent so far, in order. */
  readonly sent: readonly string[];
  /** The statements sent while `work` runs, in order. */
  during(work: () => Promise<unknown>): Promise<string[]>;
}

export function countStatements(): StatementCounter {
  const sent: string[] = [];
  return {
    onStatement: (sql) => void sent.push(sql),
    sent,
    during: async (work) => {
      const before = sent.length;
      await work();
      return sent.slice(before);
    },
  };
}
