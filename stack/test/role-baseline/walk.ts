import { credentialFields } from '@marquee/input';
import { getNamedType, type GraphQLSchema, isCompositeType, isInterfaceType } from 'graphql';
import {
  call,
  type Field,
  fieldsOf,
  type Route,
  routesFrom,
  type SampleFor,
  selectionOf,
} from '../public-schema/routes.ts';
import type { Row } from './table.ts';
import { type Verdict, verdictAt } from './verdicts.ts';
import { type Actors, ROLES } from './world.ts';

/**
 * Fields asked for at once, each below a root field of its own, so that a null of one does not take others with it. A
 * request has one root field that takes a credential.
 */
const BATCH = 15;

/** A root field, called with some of its optional arguments. */
export interface Root {
  readonly field: Field;
  /** Literals by argument. */
  readonly given: ReadonlyMap<string, string>;
}

interface Question {
  readonly route: Route;
  readonly field: Field;
}

/**
 * Asks for every field of every type below the root fields of queries, as each role. A field that is open to everybody is
 * asked for only below the first root field that leads to it; one far below a root field, once for each field that leads
 * to its type.
 */
export async function walkQueries(
  schema: GraphQLSchema,
  roots: readonly Root[],
  actors: Actors,
  sampleFor: SampleFor,
): Promise<Row[]> {
  const open = new Set<string>();
  const answered = new Map<Field, Set<Field>>();
  const rows: Row[] = [];
  const queryType = schema.getQueryType();
  const credentials = queryType ? credentialFields(queryType) : new Set();
  for (const root of roots) {
    if (!isCompositeType(getNamedType(root.field.type))) rows.push(await answerToLeaf(root, actors, sampleFor));
    const questions = questionsBelow(schema, root).filter(
      (question) => !open.has(coordinateOf(question)) && !isAnswered(question, answered),
    );
    const batch = credentials.has(root.field.name) ? 1 : BATCH;
    const found = await answersTo(questions, { root, batch }, actors, sampleFor);
    found.forEach((row, index) => {
      const question = questions[index];
      if (!question || !isFound(row)) return;
      if (row.verdicts.every((verdict) => verdict === 'yes')) open.add(coordinateOf(question));
      const [leading] = fieldsBefore(question);
      if (leading) answered.set(leading, (answered.get(leading) ?? new Set()).add(question.field));
    });
    rows.push(...found);
  }
  return withoutGaps(rows);
}

function isFound({ verdicts }: Row): boolean {
  return verdicts.some((verdict) => verdict !== 'nothing');
}

/** Whether the field was asked for where the same field leads to its type, unless a root field or the next leads there. */
function isAnswered(question: Question, answered: ReadonlyMap<Field, ReadonlySet<Field>>): boolean {
  const [leading, ...before] = fieldsBefore(question);
  return leading !== undefined && before.length > 0 && answered.get(leading)?.has(question.field) === true;
}

/** The fields on the way, the last first, without those of connections and edges. */
function fieldsBefore({ route }: Question): Field[] {
  return route.steps
    .flatMap((step) => ('field' in step && !['edges', 'node'].includes(step.field.name) ? [step.field] : []))
    .toReversed();
}

/** Leaves out where nothing was found, if the field was found elsewhere. */
function withoutGaps(rows: readonly Row[]): Row[] {
  const coordinate = ({ place, field }: Row): string => `${place.split(' ').at(-1)}.${field}`;
  const found = new Set(rows.filter(isFound).map(coordinate));
  return rows.filter((row) => isFound(row) || !found.has(coordinate(row)));
}

function coordinateOf({ route, field }: Question): string {
  return `${route.type.name}.${field.name}`;
}

/** Interfaces are asked for by the types that implement them. */
function questionsBelow(schema: GraphQLSchema, { field }: Root): Question[] {
  const type = getNamedType(field.type);
  return routesFrom(schema, { type, steps: [] })
    .filter((route) => !isInterfaceType(route.type))
    .flatMap((route) => fieldsOf(route.type).map((each) => ({ route, field: each })));
}

async function answerToLeaf({ field, given }: Root, actors: Actors, sampleFor: SampleFor): Promise<Row> {
  const query = `{ ${call(field, sampleFor, given)} }`;
  const answers = await Promise.all(ROLES.map((role) => actors.get(role)?.ask(query)));
  return { place: 'Query', field: field.name, verdicts: answers.map((each) => verdictAt(each ?? {}, [field.name])) };
}

async function answersTo(
  questions: readonly Question[],
  { root, batch: size }: { readonly root: Root; readonly batch: number },
  actors: Actors,
  sampleFor: SampleFor,
): Promise<Row[]> {
  const rootCall = call(root.field, sampleFor, root.given);
  const name = `Query.${root.field.name}${root.given.size > 0 ? `(${[...root.given.keys()].join()})` : ''}`;
  const rows: Row[] = [];
  for (let from = 0; from < questions.length; from += size) {
    const batch = questions.slice(from, from + size);
    const selections = batch.map(
      ({ route, field }, index) => `a${index}: ${rootCall} { ${selectionOf(route.steps, field, sampleFor)} }`,
    );
    const query = `{ ${selections.join(' ')} }`;
    const answers = await Promise.all(ROLES.map((role) => actors.get(role)?.ask(query)));
    batch.forEach(({ route, field }, index) => {
      const path = [
        `a${index}`,
        ...route.steps.flatMap((step) => ('field' in step ? [step.field.name] : [])),
        field.name,
      ];
      const verdicts: Verdict[] = answers.map((answer) => verdictAt(answer ?? {}, path));
      rows.push({ place: `${name} ${route.type.name}`, field: field.name, verdicts });
    });
  }
  return rows;
}
