import { variableOf } from '@marquee/subgraph';

import { DEFAULT_SETTINGS } from '../../../gateway/src/settings.ts';
import { subgraphNames } from '../../src/subgraphs.ts';
import { exists, read, type Row } from './page.ts';

/** Units of the page, in milliseconds or bytes. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ ms: 1, s: 1_000, min: 60_000, h: 3_600_000, days: 86_400_000 },
  ...{ kB: 1_024, MB: 1 << 20 },
};
/** The unit of a setting or constant, by its name. */
const UNIT_OF_NAME: readonly (readonly [RegExp, string])[] = [
  [/Ms$|_MS\b/, 'ms'],
  [/_SECONDS$/, 's'],
  [/_MINUTES$/, 'min'],
  [/Mb$/, 'MB'],
];
/** Constants of which others are made. */
const NAMED: Readonly<Record<string, number>> = { MINUTE_MS: 60_000, HOUR_MS: 3_600_000, DAY_MS: 86_400_000 };

/** The default that a row states, in the unit of its setting. */
export function statedDefault({ default: stated = '', setting = '' }: Row): number {
  const [, amount = '', unit] = /^([\d,.]+) ?(ms|s|min|h|days|kB|MB)?$/.exec(stated) ?? [];
  const name = setting.replaceAll('`', '');
  const own = UNIT_OF_NAME.find(([pattern]) => pattern.test(name))?.[1];
  const scale = (unit === undefined ? 1 : (UNITS[unit] ?? Number.NaN)) / (unit && own ? (UNITS[own] ?? 1) : 1);
  return Number(amount.replaceAll(',', '')) * scale;
}

/** The defaults of settings and constants; undefined for one that is not there. */
export async function defaultsInCode(): Promise<(row: Row) => unknown> {
  const variables = await subgraphDefaults();
  return ({ setting = '', file = '' }) => {
    const [, none, name = ''] = /^(none: )?`([\w.]+)`$/.exec(setting) ?? [];
    if (none !== undefined) return constantIn(file.replaceAll('`', ''), name.split('.'));
    return /^[A-Z]/.test(name) ? variables.get(name) : name.split('.').reduce<unknown>(property, DEFAULT_SETTINGS);
  };
}

interface SettingsModule {
  readonly settings: {
    readonly shape: Readonly<Record<string, { safeParse(value: undefined): { readonly data?: unknown } }>>;
  };
}

async function subgraphDefaults(): Promise<Map<string, unknown>> {
  const names = subgraphNames().filter((name) => exists(`subgraphs/${name}/src/settings.ts`));
  const defaults = names.map(async (name) => {
    const { settings } = (await import(`../../../subgraphs/${name}/src/settings.ts`)) as SettingsModule;
    const entries = Object.entries(settings.shape);
    return entries.map(([setting, schema]) => [variableOf(name, setting), schema.safeParse(undefined).data] as const);
  });
  return new Map((await Promise.all(defaults)).flat());
}

function property(object: unknown, name: string): unknown {
  return (object as Record<string, unknown> | undefined)?.[name];
}

/** The number that follows the names, one after the other, in a file. */
function constantIn(file: string, names: readonly string[]): number | undefined {
  if (!exists(file)) return undefined;
  const last = String.raw`\b${names.at(-1)}\b[=:, ]+((?:[\d_]+|[A-Z]+_MS)(?: (?:\*|<<) (?:[\d_]+|[A-Z]+_MS))*)`;
  const path = [...names.slice(0, -1).map((name) => String.raw`\b${name}\b`), last].join('[^]*?');
  const [, expression] = new RegExp(path).exec(read(file)) ?? [];
  return expression === undefined ? undefined : valueOf(expression);
}

function valueOf(expression: string): number {
  const [first = '', ...rest] = expression.split(' ');
  const numberOf = (text: string): number => NAMED[text] ?? Number(text.replaceAll('_', ''));
  return rest.reduce((value, each, index) => {
    if (index % 2 === 0) return value;
    return rest[index - 1] === '<<' ? value << numberOf(each) : value * numberOf(each);
  }, numberOf(first));
}
