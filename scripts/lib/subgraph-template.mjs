import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';
import { camelCase, capital, pascalCase } from './subgraph-names.mjs';

const TEMPLATE = join(root, 'scripts/template');

/**
 * The files of a new subgraph by their path from the root. The template is the subgraph `example-subgraph`, whose entity
 * is the `sample note`: each way to write these becomes the same way to write the new names.
 *
 * @param {import('./subgraph-names.mjs').Names} names
 * @param {Date} now becomes part of the name of the first migration
 */
export function renderTemplate(names, now) {
  const migration = `migrations/${now.toISOString().replace(/\D/g, '').slice(0, 14)}_init`;
  const folders = { subgraph: `subgraphs/${names.name}`, prisma: `prisma/${names.name}` };
  return Object.fromEntries(
    Object.entries(folders).flatMap(([folder, target]) =>
      templateFiles(folder).map(([file, text]) => [
        `${target}/${replaceNames(file, names).replace('migrations/0_init', migration)}`,
        file === 'package.json' ? withVersions(replaceNames(text, names)) : replaceNames(text, names),
      ]),
    ),
  );
}

function templateFiles(folder) {
  const files = readdirSync(join(TEMPLATE, folder), { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .map((file) => [file.slice(join(TEMPLATE, folder).length + 1), readFileSync(file, 'utf8')]);
}

const STYLES = {
  SampleNote: pascalCase,
  sampleNote: camelCase,
  'sample-note': (words) => words.join('-'),
  sample_note: (words) => words.join('_'),
  'sample note': (words) => words.join(' '),
  'Sample note': (words) => capital(words.join(' ')),
};
const ENTITY = new RegExp(`(${Object.keys(STYLES).join('|')})(s?)`, 'g');

function replaceNames(text, { name, singular, plural }) {
  return text
    .replaceAll(/\b([Aa]) (?=sample note\b)/g, (_, article) =>
      /^[aeiou]/.test(singular[0]) ? `${article}n ` : `${article} `,
    )
    .replaceAll(ENTITY, (_, style, many) => STYLES[style](many ? plural : singular))
    .replaceAll("newId('smp')", `newId('${singular.join('').slice(0, 3)}')`)
    .replaceAll('example-subgraph', name)
    .replaceAll('ExampleSubgraph', pascalCase(name.split('-')));
}

/** A package.json with the versions that are installed already in place of `*`, but for those of this repository. */
function withVersions(text) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const versionOf = (name) => packages[`node_modules/${name}`].version;
  return text.replaceAll(/"((?!@marquee\/)[\w@/-]+)": "\*"/g, (_, name) => `"${name}": "${versionOf(name)}"`);
}

/** The words of the template's code that are not the entity's. */
export function wordsOfTemplate() {
  const sources = templateFiles('subgraph').filter(([file]) => file.endsWith('.ts'));
  const code = sources.map(([, text]) => text.replaceAll(/\/\*\*.*?\*\/|\/\/.*$|'[^']*'/gms, '')).join('\n');
  return new Set(code.replaceAll(ENTITY, '').match(/\b[A-Za-z]\w*/g));
}
