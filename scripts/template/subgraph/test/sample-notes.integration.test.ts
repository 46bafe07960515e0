import type { Caller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { openExampleSubgraph, user } from './harness.ts';

const CREATE = `mutation ($name: String!) {
  createSampleNote(input: { name: $name }) {
    ... on CreateSampleNotePayload { sampleNote { id name createdAt owner { id } } }
    ... on SampleNoteExistsError { message }
  }
}`;
const READ = 'query ($id: ID!) { sampleNote(id: $id) { name } }';

const { database, emit, execute, statements } = await openExampleSubgraph();

interface Created {
  readonly createSampleNote: { readonly sampleNote?: { readonly id: string }; readonly message?: string };
}

async function create(name: string, caller: Caller): Promise<Created['createSampleNote']> {
  const { data, errors } = await execute(CREATE, caller, { name });
  expect(errors).toBeUndefined();
  return (data as unknown as Created).createSampleNote;
}

test('only the owner and support read a sample note', async () => {
  const owner = user();
  const { sampleNote } = await create(' First ', owner);
  expect(sampleNote).toMatchObject({ name: 'First', owner: { id: owner.userId }, createdAt: expect.any(String) });
  const read = (caller: Caller) => execute(READ, caller, { id: sampleNote?.id });
  const found = { data: { sampleNote: { name: 'First' } } };
  expect(await read(owner)).toEqual(found);
  expect(await read(user('usr_support', ['users:read']))).toEqual(found);
  expect(await read(user())).toMatchObject({
    data: { sampleNote: null },
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  expect(await read({ kind: 'anonymous' })).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test('a name is used once per owner, also by concurrent requests', async () => {
  const owner = user();
  const results = await Promise.all([create('Twice', owner), create('Twice', owner)]);
  expect(results.filter(({ sampleNote }) => sampleNote)).toHaveLength(1);
  expect(results).toContainEqual({ message: 'You already have a sample note named “Twice”. Choose another name.' });
  expect((await create('Twice', user())).sampleNote).toBeDefined();
});

test('an invalid name is refused', async () => {
  const { errors } = await execute(CREATE, user(), { name: ' ' });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.name' } }]);
});

test('a new sample note emits its event', async () => {
  const { userId, ...caller } = user();
  const { sampleNote } = await create('Announced', { userId, ...caller });
  const events = await eventually(async () => {
    const found = await database.outboxEvent.findMany({ where: { key: sampleNote?.id ?? '' } });
    expect(found).toMatchObject([{ publishedAt: expect.any(Date) }]);
    return found;
  });
  const payload = { sampleNoteId: sampleNote?.id, ownerId: userId };
  expect(events).toMatchObject([{ type: 'sample-note.created', payload }]);
});

test('a new account gets one sample note, also when its event is delivered twice', async () => {
  const id = '0199c1f4-7a52-7d3c-9d1e-2f6b1c0a9e01';
  await emit('account.registered', { userId: 'usr_new' }, { id });
  await emit('account.registered', { userId: 'usr_new' }, { id });
  // Of the same key, so it is handled after the two.
  await emit('account.registered', { userId: 'usr_marker' });
  await eventually(async () => expect(await database.sampleNote.count({ where: { ownerId: 'usr_marker' } })).toBe(1));
  expect(await database.sampleNote.findMany({ where: { ownerId: 'usr_new' } })).toMatchObject([{ name: 'Welcome' }]);
});

test('several sample notes are read in one statement', async () => {
  const owner = user();
  const { sampleNote } = await create('One', owner);
  const other = await create('Other', owner);
  const both = 'query ($a: ID!, $b: ID!) { a: sampleNote(id: $a) { name } b: sampleNote(id: $b) { name } }';
  const ids = { a: sampleNote?.id, b: other.sampleNote?.id };
  const sent = await statements.during(async () => {
    expect(await execute(both, owner, ids)).toEqual({ data: { a: { name: 'One' }, b: { name: 'Other' } } });
  });
  expect(sent.filter((sql) => sql.includes('sample_notes'))).toHaveLength(1);
});
