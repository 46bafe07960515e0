import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { parse } from 'graphql';
import { root } from './run.mjs';
import { camelCase, NameError, pascalCase } from './subgraph-names.mjs';
import { wordsOfTemplate } from './subgraph-template.mjs';

/**
 * Makes sure that a folder or a package has not taken the name of a new subgraph, nor the code or the supergraph that of
 * its entity.
 *
 * @param {import('./subgraph-names.mjs').Names} names
 * @param {string} sdl of the new subgraph
 * @throws {NameError}
 */
export function refuseUsedNames(names, sdl) {
  const { name, singular, plural } = names;
  const places = [`subgraphs/${name}`, `prisma/${name}`, `node_modules/@marquee/${name}`];
  const place = places.find((path) => existsSync(join(root, path, 'package.json')));
  if (place !== undefined) throw new NameError(`The name ${name} is taken by ${place}. Choose another one.`);

  const advice = `Name the entity: npm run new:subgraph -- ${name} <Entity>`;
  const code = wordsOfTemplate();
  const word = [singular, plural]
    .flatMap((words) => [camelCase(words), pascalCase(words)])
    .find((each) => code.has(each) || each in globalThis || !isBindable(each));
  if (word !== undefined) throw new NameError(`The code cannot use “${word}” for the entity. ${advice}`);

  const used = coordinatesOf(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'));
  const taken = [...coordinatesOf(sdl)].filter((coordinate) => coordinate !== 'User' && used.has(coordinate));
  if (taken.length > 0) throw new NameError(`The supergraph already has ${taken.join(', ')}. ${advice}`);
}

/** The names of the types of an SDL, and its root fields such as `Query.show`. */
function coordinatesOf(sdl) {
  const types = parse(sdl).definitions.filter(({ name, kind }) => name && kind !== 'DirectiveDefinition');
  const isRoot = ({ name }) => ['Query', 'Mutation', 'Subscription'].includes(name.value);
  return new Set([
    ...types.filter((type) => !isRoot(type)).map(({ name }) => name.value),
    ...types.filter(isRoot).flatMap(({ name, fields }) => fields.map((field) => `${name.value}.${field.name.value}`)),
  ]);
}

function isBindable(word) {
  try {
    return Boolean(new Script(`'use strict'; let ${word};`));
  } catch {
    return false;
  }
}
