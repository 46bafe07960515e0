import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { compositionFindings } from '../checks/composition-findings.ts';
import { variantOf } from '../checks/contracts/contracts.ts';
import { generatedFiles } from '../checks/drift.ts';
import { formerOperations } from '../checks/operations.ts';
import type { Composed, Composer } from '../composition.ts';
import { type Finding, inputError, RegistryError } from '../finding.ts';
import { CLIENTS_FOLDER } from '../registry/client-files.ts';
import { readConfig } from '../registry/config.ts';
import { externalSubgraphs } from '../registry/external.ts';
import { readOperations } from '../registry/operations.ts';
import { readPublished } from '../registry/published.ts';
import { publishedHere } from '../registry/published-files.ts';
import { readSources, type Sources } from '../registry/sources.ts';
import type { CommandContext } from './context.ts';

/**
 * Writes the files generated from the subgraphs' SDL and the clients' operations.
 *
 * @param variant - prints this contract variant instead
 * @throws {RegistryError} when the subgraphs do not compose
 */
export function composeCommand({ root, out, compose }: CommandContext, variant: string | undefined): void {
  const composed = composedOrThrow(sourcesOf(root), compose);
  if (variant !== undefined) return out(variantNamed(root, composed, variant));
  const operations = readOperations(join(root, CLIENTS_FOLDER));
  refuse(operations.problems);
  const former = formerOperations(readPublished(publishedHere(root)).operations, operations.registered);
  for (const [file, text] of generatedFiles(composed, [...operations.registered, ...former])) {
    const path = join(root, file);
    const upToDate = existsSync(path) && readFileSync(path, 'utf8') === text;
    if (!upToDate) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    out(`${upToDate ? 'unchanged' : 'written  '}  ${file}\n`);
  }
}

/** The SDL of the working tree, and of other repositories as published. @throws {RegistryError} */
export function sourcesOf(root: string): Sources {
  return readSources(root, externalSubgraphs(readPublished(publishedHere(root)), readConfig(root).subgraphs.url));
}

/** Composes the subgraphs of the working tree. @throws {RegistryError} with the composition errors */
export function composedOrThrow(sources: Sources, compose: Composer): Composed {
  refuse(sources.broken);
  const composition = compose(sources.subgraphs);
  if (!composition.composed) throw new RegistryError(compositionFindings(composition, sources.subgraphs));
  return composition.composed;
}

function variantNamed(root: string, composed: Composed, name: string): string {
  const contract = readConfig(root).contracts[name];
  if (!contract) throw inputError(`schema/registry.config.yml has no contract ${name}.`);
  const variant = variantOf(composed, contract.exclude);
  if ('api' in variant) return variant.api;
  throw new RegistryError(
    variant.errors.map(({ message }) => ({ class: 'contract', rule: 'contract/leak', severity: 'error', message })),
  );
}

function refuse(findings: readonly Finding[]): void {
  if (findings.some(({ severity }) => severity === 'error')) throw new RegistryError(findings);
}
