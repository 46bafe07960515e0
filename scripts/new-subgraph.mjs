/** `npm run new:subgraph -- <name> [<Entity>]`: a subgraph with a database, an entity and tests that pass. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generate, install, updateLock } from './lib/prepare.mjs';
import { root, runNode } from './lib/run.mjs';

install();
// Installed only by now.
const { NameError, readNames } = await import('./lib/subgraph-names.mjs');
const { renderTemplate } = await import('./lib/subgraph-template.mjs');
const { refuseUsedNames } = await import('./lib/used-names.mjs');

const [name, entity, ...others] = process.argv.slice(2);
if (name === undefined || others.length > 0) {
  console.error(
    'Usage: npm run new:subgraph -- <name> [<Entity>], such as npm run new:subgraph -- gift-cards GiftCard',
  );
  process.exit(2);
}
const folders = [`subgraphs/${name}`, `prisma/${name}`];
writeFiles(templateFiles());
updateLock();
exitUnless(runNode(join(root, 'node_modules/oxfmt/bin/oxfmt'), folders));
generate();
exitUnless(runNode(join(root, 'node_modules/tsx/dist/cli.mjs'), ['schema/src/main.ts', 'compose']));
console.log(`
Written: ${folders.join(' and ')}. Generated with them: package-lock.json, and schema/ by npm run schema:compose.

Next:
${[
  [`npm test -- subgraphs/${name}`, 'runs its tests'],
  [`npm run policies -- ${name}`, 'shows who may read each of its fields'],
  ['npm start', 'serves it with the others'],
  ['npm run check', 'checks everything that can be checked without running it'],
]
  .map(([command, purpose]) => `  ${command.padEnd(22 + name.length)}  ${purpose}`)
  .join('\n')}

docs/add-a-subgraph.md goes on from here.`);

function templateFiles() {
  try {
    const names = readNames(name, entity);
    const files = renderTemplate(names, new Date());
    refuseUsedNames(names, files[`subgraphs/${name}/schema.graphql`]);
    return files;
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    console.error(error.message);
    return process.exit(2);
  }
}

function writeFiles(files) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

function exitUnless(code) {
  if (code !== 0) process.exit(code);
}
