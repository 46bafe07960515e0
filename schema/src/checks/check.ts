import type { UsageSource } from '@marquee/schema-usage';
import { validate } from 'graphql';

import type { Composed } from '../composition.ts';
import type { Finding } from '../finding.ts';
import { lintFindings } from '../lint/lint.ts';
import { applyApprovals } from '../registry/approvals.ts';
import { publishedText } from '../registry/published-text.ts';
import { dayOf } from '../registry/days.ts';
import { nextRegistration, type PublishedOperation } from '../registry/registration.ts';
import type { Registry } from '../registry/registry.ts';
import { unneededRetirements } from '../registry/retirements.ts';
import type { SubgraphSource } from '../registry/sources.ts';
import { authorisationFindings } from './authorisation/authorisation.ts';
import { changeFindings, coordinatesToAsk } from './breaking.ts';
import { compare } from './comparison.ts';
import { compositionFindings } from './composition-findings.ts';
import { contractFindings } from './contracts/contracts.ts';
import { hiddenFindings } from './contracts/hidden.ts';
import { shownFindings } from './contracts/shown.ts';
import { unknownTags } from './contracts/tags.ts';
import { compareVariants, coordinatesOfVariants } from './contracts/variants.ts';
import { generatedFiles, invalidOperations, staleFiles } from './drift.ts';
import {
  brokenOperations,
  changedOperations,
  deprecatedUses,
  formerOperations,
  livingOperations,
  unsentOperations,
} from './operations.ts';
import { apiSchema } from './parsed.ts';
import { bySeverity, type Report } from './report.ts';
import { lostOperations, rewrittenFindings } from './rewritten.ts';
import type { Comparison } from './state.ts';
import { usesOf } from './uses.ts';

/** Checks the working tree against the published schema. @param usage - absent when no store is configured */
export async function check(registry: Registry, usage: UsageSource | undefined): Promise<Report> {
  const { sources, config, now, operations, published, here } = registry;
  const composition = sources.broken.length === 0 ? registry.compose(sources.subgraphs) : { errors: [], hints: [] };
  const { composed } = composition;
  const standing = composed ? await standingFindings(registry, composed) : [];
  const compared = composed ? await compareAndJudge(registry, composed, usage) : NOT_COMPARED;
  const earlier =
    compared.living.length === 0 ? '' : ` and ${compared.living.length} earlier ones that clients may still send`;
  const findings = [
    ...sources.broken,
    ...compositionFindings(composition, changedFirst(registry)),
    ...operations.problems,
    ...published.problems,
    ...(published === here ? [] : here.problems),
    ...rewrittenFindings(registry),
    ...compared.findings,
    ...standing,
    ...lintFindings(sources, config.lint, now),
  ];
  return {
    findings: bySeverity(applyApprovals(findings, registry.approvals, now, compared.comparison !== undefined)),
    ...(compared.comparison
      ? { changes: compared.comparison.changes, subgraphChanges: compared.comparison.subgraphChanges }
      : {}),
    ...(composed
      ? { registration: nextRegistration(operations.registered, published.operations, compared.living, dayOf(now)) }
      : {}),
    summary: [
      `${sources.subgraphs.length} subgraphs, ${operations.registered.length} registered operations${earlier}.`,
      published.manifest
        ? `${compared.comparison ? 'Compared' : 'Not compared'} with revision ${published.manifest.revision} of the published schema.`
        : 'Nothing is published to compare with.',
      ...compared.summary,
    ],
  };
}

/** The changed subgraphs first: a composition error is most likely caused by them. */
function changedFirst({ sources, published }: Registry): SubgraphSource[] {
  const unchanged = (subgraph: SubgraphSource): boolean =>
    published.subgraphs.get(subgraph.name)?.text === publishedText(subgraph);
  return sources.subgraphs.toSorted((a, b) => Number(unchanged(a)) - Number(unchanged(b)));
}

/** Problems that do not depend on the published schema. */
async function standingFindings(registry: Registry, composed: Composed): Promise<Finding[]> {
  const { config, operations, published, here, sources } = registry;
  const former = formerOperations(here.operations, operations.registered);
  const api = apiSchema(composed);
  return [
    ...unknownTags(sources, config.tags),
    ...contractFindings(composed, config.contracts, sources.subgraphs),
    // Publishing a candidate writes them.
    ...(registry.candidate
      ? []
      : staleFiles(registry.root, generatedFiles(composed, [...operations.registered, ...former]))),
    ...invalidOperations(api, operations.registered, config.usage.excludedClients),
    ...deprecatedUses(api, operations.registered, published.operations),
  ];
}

interface Compared {
  readonly findings: readonly Finding[];
  readonly comparison?: Comparison;
  /** Former operations that are neither retired nor unsent. */
  readonly living: readonly PublishedOperation[];
  readonly summary: readonly string[];
}

const NOT_COMPARED: Compared = { findings: [], living: [], summary: [] };

async function compareAndJudge(
  { sources, published, here, config, operations, retirements, now, compose }: Registry,
  composed: Composed,
  source: UsageSource | undefined,
): Promise<Compared> {
  // Without its published file, a subgraph would seem to be entirely new.
  if (published.subgraphs.size < Object.keys(published.manifest?.subgraphs ?? { none: '' }).length) return NOT_COMPARED;
  const comparison = await compare(sources.subgraphs, composed, published, compose);
  if (!('changes' in comparison)) return { ...NOT_COMPARED, findings: comparison };
  const variants = await compareVariants(comparison, config.contracts);
  const former = formerOperations(published.operations, operations.registered);
  const unretired = livingOperations(former, retirements, now);
  const uses = await usesOf(
    {
      config: config.usage,
      operations: operations.registered,
      former: unretired,
      schema: comparison.before.api,
      now,
      ...(source ? { source } : {}),
    },
    [...coordinatesToAsk(comparison), ...coordinatesOfVariants(variants)],
  );
  const sent = unretired.filter((operation) => !uses.unsent.includes(operation));
  const { excludedClients } = config.usage;
  return {
    comparison,
    living: sent.filter(({ document }) => validate(comparison.after.api, document).length === 0),
    findings: [
      ...uses.problems,
      ...changedOperations(
        former.filter((operation) => !uses.unsent.includes(operation)),
        operations.registered,
        retirements,
      ),
      ...unsentOperations(uses.unsent, config.usage.windowDays),
      ...(published === here ? [] : lostOperations(sent, here)),
      ...brokenOperations(comparison.before.api, comparison.after.api, sent, excludedClients),
      ...unneededRetirements(retirements, former),
      ...changeFindings(comparison, uses, config),
      ...authorisationFindings(comparison),
      ...shownFindings(comparison, variants),
      ...hiddenFindings(comparison, variants, uses),
    ],
    summary: [`Use: ${uses.basis}.`],
  };
}
