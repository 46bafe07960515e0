import type { Report } from '../checks/report.ts';

/** A report as SARIF 2.1.0, for code scanning. */
export function reportAsSarif({ findings }: Report): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].toSorted();
  const results = findings.map(({ rule, severity, message, help, location, coordinate, subgraph }) => ({
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: severity,
    message: { text: help ? `${message}\n${help}` : message },
    ...(location
      ? {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: location.file, uriBaseId: 'ROOT' },
                region: { startLine: location.line, startColumn: location.column },
              },
            },
          ],
        }
      : {}),
    properties: { ...(coordinate ? { coordinate } : {}), ...(subgraph ? { subgraph } : {}) },
  }));
  const driver = { name: 'schema-registry', rules: rules.map((id) => ({ id })) };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
