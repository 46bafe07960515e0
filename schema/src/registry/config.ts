import { z } from 'zod';

import { httpUrl } from './names.ts';
import { readYamlFile } from './yaml-file.ts';

const CONFIG_FILE = 'schema/registry.config.yml';

export const LINT_RULES = [
  'description',
  'naming',
  'relay-connection',
  'list-size',
  'input-object',
  'result-union',
  'deprecation',
  'entity-key',
  'cross-subgraph-nullable',
  'bounded-input',
  'secret-input',
] as const;

export type LintRule = (typeof LINT_RULES)[number];

const count = z.number().int().nonnegative();
const names = z.array(z.string().min(1));

const urlTemplate = z
  .string()
  .includes('{name}')
  .refine((template) => httpUrl.safeParse(subgraphUrl(template, 'name')).success, {
    error: 'is a URL such as http://{name}:4000/graphql',
  });

const contractShape = z.strictObject({ exclude: names, clients: names.optional() });

const configShape = z
  .strictObject({
    subgraphs: z.strictObject({ url: urlTemplate }),
    changes: z.strictObject({ dangerous: z.enum(['ignore', 'warn', 'fail']) }),
    usage: z.strictObject({
      windowDays: z.number().int().min(1).max(366),
      whenNotConfigured: z.enum(['operations', 'refuse']),
      whenEmpty: z.enum(['operations', 'refuse']),
      whenUnreachable: z.enum(['fail', 'warn']),
      thresholds: z.strictObject({ calls: count, percent: z.number().min(0).max(100) }),
      excludedClients: names,
    }),
    approvals: z.strictObject({ longestDays: z.number().int().min(1) }),
    lint: z.strictObject({
      rules: z.strictObject(
        Object.fromEntries(LINT_RULES.map((rule) => [rule, z.enum(['off', 'warning', 'error'])])) as Record<
          LintRule,
          z.ZodEnum<{ off: 'off'; warning: 'warning'; error: 'error' }>
        >,
      ),
      owners: z.record(z.string(), z.string()),
      keyFields: names.nonempty(),
      exclusions: z.array(
        z.strictObject({
          rule: z.enum(LINT_RULES),
          coordinates: names.nonempty(),
          subgraph: z.string().optional(),
          reason: z.string().min(1),
        }),
      ),
    }),
    tags: names,
    contracts: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), contractShape),
  })
  .superRefine(({ tags, contracts }, context) => {
    for (const [name, { exclude }] of Object.entries(contracts)) {
      for (const [index, tag] of exclude.entries()) {
        if (tags.includes(tag)) continue;
        const path = ['contracts', name, 'exclude', index];
        context.addIssue({ code: 'custom', path, message: `${tag} is none of tags: ${tags.join(', ')}` });
      }
    }
  });

/** The registry's configuration, explained in registry.config.yml. */
export type RegistryConfig = z.infer<typeof configShape>;

/** Reads schema/registry.config.yml. @throws {RegistryError} naming file, line and entry */
export function readConfig(root: string): RegistryConfig {
  return readYamlFile(root, CONFIG_FILE, configShape).value;
}

/** The URL of a subgraph. @param template has `{name}` for the name */
export function subgraphUrl(template: string, name: string): string {
  return template.replaceAll('{name}', name);
}
