import semver from 'semver';

/** @typedef {{ id: string, package: string, version?: string, severity: string, title: string }} Finding */
/** @typedef {{ id: string, package: string, severity: string, vulnerable: string, title: string }} Advisory */
/** @typedef {{ id: string, package: string, reason: string, until: string }} Exception */

const FAILING = new Set(['high', 'critical']);

/**
 * The advisories about versions in a lockfile.
 *
 * @param {{ packages: Record<string, { version?: string, link?: boolean }> }} lockfile
 * @param {readonly Advisory[]} advisories
 * @returns {Finding[]}
 */
export function findingsIn(lockfile, advisories) {
  const installed = Object.entries(lockfile.packages).map(([path, { version, link }]) => ({
    name: path.split('node_modules/').pop(),
    version: link ? undefined : version,
  }));
  return advisories.flatMap(({ vulnerable, ...advisory }) =>
    installed
      .filter(({ name, version }) => name === advisory.package && version && semver.satisfies(version, vulnerable))
      .map(({ version }) => ({ ...advisory, version })),
  );
}

/**
 * The advisories in the report of `npm audit --json`.
 *
 * @param {{ vulnerabilities?: Record<string, { via: (string | { url: string, name: string, severity: string, title: string })[] }> }} report
 * @returns {Finding[] | undefined} undefined when the registry has not answered
 */
export function findingsOf({ vulnerabilities }) {
  if (!vulnerabilities) return undefined;
  return Object.values(vulnerabilities).flatMap(({ via }) =>
    via
      .filter((each) => typeof each !== 'string')
      .map(({ url, name, severity, title }) => ({ id: url.split('/').pop() ?? url, package: name, severity, title })),
  );
}

/**
 * The problems: findings of high severity without an exception, and exceptions that are over or about nothing.
 *
 * @param {readonly Finding[]} findings
 * @param {readonly Exception[]} exceptions
 * @param {string} today such as `2027-01-31`
 * @returns {string[]}
 */
export function problemsOf(findings, exceptions, today) {
  const failing = findings.filter(({ severity }) => FAILING.has(severity));
  const isAbout = (finding) => (exception) => exception.id === finding.id && exception.package === finding.package;
  const open = failing
    .filter((finding) => !exceptions.some(isAbout(finding)))
    .map(
      (finding) => `${finding.package} ${finding.version ?? ''}: ${finding.severity}, ${finding.title} (${finding.id})`,
    );
  const stale = exceptions
    .filter((exception) => exception.until < today || !failing.some((finding) => isAbout(finding)(exception)))
    .map(({ id, until }) => `security/exceptions.json: ${id} is over or about nothing in use (until ${until})`);
  return [...new Set([...open, ...stale])];
}
