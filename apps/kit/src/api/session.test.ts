import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { OWN } from './own-storage.ts';
import { onAnother, Session } from './session.ts';

const LOGIN = parse(
  'mutation Login { login { __typename ... on AuthPayload { accessToken refreshToken expiresIn } } }',
);

const DRAFT = `${OWN}draft`;

const tokensOf = (person: string, expiresIn = 600) => {
  const claims = btoa(JSON.stringify({ sub: person })).replaceAll('=', '');
  return { __typename: 'AuthPayload', accessToken: `e30.${claims}.signature`, refreshToken: '', expiresIn };
};
const refreshed = (payload: object | null, errors?: readonly object[]): Response =>
  Response.json({ data: { refreshSession: payload }, ...(errors && { errors }) });
const unavailable = [{ message: 'Away', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];

/** A browser: its storages, its lock, and the server behind `/session`, which answers as `answers` say. */
function browser() {
  const channels = new Set<Channel>();
  class Channel extends EventTarget {
    constructor() {
      super();
      channels.add(this);
    }
    postMessage(data: string): void {
      for (const other of channels)
        if (other !== this) other.dispatchEvent(Object.assign(new Event('message'), { data }));
    }
  }
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>): Promise<unknown> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const events = new EventTarget();
  const answers: (Response | Promise<Response>)[] = [];
  const sent: string[] = [];
  vi.stubGlobal('BroadcastChannel', Channel);
  vi.stubGlobal('navigator', { locks: { request } });
  vi.stubGlobal('localStorage', storage());
  vi.stubGlobal('sessionStorage', storage());
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('fetch', async (_path: string, { method = '' }: RequestInit) => {
    sent.push(method);
    const answer = answers.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return answer;
  });
  return { answers, sent, isIdle: () => last, goOnline: () => events.dispatchEvent(new Event('online')) };
}

/** A storage whose keys are its own properties, as a browser's. */
function storage() {
  const kept: Record<string, unknown> = {};
  return Object.defineProperties(kept, {
    getItem: { value: (name: string) => kept[name] ?? null },
    setItem: { value: (name: string, value: string) => void (kept[name] = value) },
    removeItem: { value: (name: string) => void delete kept[name] },
  });
}

let server: ReturnType<typeof browser>;

/** A page of the browser on which somebody has signed in. */
async function signedIn(person: string, expiresIn?: number): Promise<Session> {
  const session = new Session('test');
  if (session.state === 'restoring') server.answers.push(refreshed(null, unavailable));
  server.answers.push(Response.json({ data: { login: tokensOf(person, expiresIn) } }));
  await session.signIn(LOGIN, {});
  return session;
}

beforeEach(() => void (server = browser()));
afterEach(() => vi.unstubAllGlobals());

describe('a session', () => {
  it('stays when the server cannot say whether it goes on', async () => {
    const session = await signedIn('robin', 0);
    server.answers.push(refreshed(null, unavailable));
    await expect(session.token()).rejects.toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
    expect(session.state).toBe('signed-in');
    server.answers.push(refreshed(tokensOf('robin')));
    await expect(session.token()).resolves.toBe(tokensOf('robin').accessToken);
  });

  it('is over when the server says so', async () => {
    const session = await signedIn('robin', 0);
    server.answers.push(refreshed(null));
    await expect(session.token()).resolves.toBeUndefined();
    expect(session.state).toBe('anonymous');
    expect(new Session('test').state).toBe('anonymous');
  });

  it('goes on with a token that is valid still where another cannot be had', async () => {
    const session = await signedIn('robin', 20);
    await expect(session.token()).resolves.toBe(tokensOf('robin').accessToken);
  });

  it('that has been ended does not come back with an answer that was on its way', async () => {
    const session = await signedIn('robin', 0);
    let answer = (_response: Response): void => {};
    server.answers.push(new Promise((resolve) => (answer = resolve)), new Response(null, { status: 204 }));
    const token = session.token();
    await vi.waitFor(() => expect(server.sent).toHaveLength(2));
    const ended = session.end();
    answer(refreshed(tokensOf('robin')));
    await expect(token).resolves.toBeUndefined();
    await ended;
    expect(session.state).toBe('anonymous');
    session.replaceToken(tokensOf('robin'));
    expect(session.state).toBe('anonymous');
    expect(new Session('test').state).toBe('anonymous');
  });

  it('that was ended without a network is dropped as soon as there is one, also by a later page', async () => {
    const session = await signedIn('robin');
    await session.end();
    expect(session.state).toBe('anonymous');
    const later = new Session('test');
    expect(later.state).toBe('anonymous');
    await server.isIdle();
    server.answers.push(new Response(null, { status: 204 }));
    server.goOnline();
    await server.isIdle();
    expect(server.sent.slice(1)).toEqual(['DELETE', 'DELETE', 'DELETE']);
    expect(localStorage.getItem('marquee.session')).toBeNull();
  });

  it('of somebody who signs in before the former one could be dropped keeps its cookie', async () => {
    const session = await signedIn('robin');
    await session.end();
    let answer = (_response: Response): void => {};
    server.answers.push(new Promise((resolve) => (answer = resolve)));
    const signingIn = session.signIn(LOGIN, {});
    await vi.waitFor(() => expect(server.sent).toHaveLength(3));
    server.goOnline();
    answer(Response.json({ data: { login: tokensOf('alex') } }));
    await signingIn;
    await server.isIdle();
    expect(server.sent).toEqual(['POST', 'DELETE', 'POST']);
    expect(session.person).toBe('alex');
  });
});

describe('another person', () => {
  it('who signs in on another tab is told from the one before', async () => {
    const tab = await signedIn('robin');
    const turns = vi.fn<() => void>();
    onAnother(tab, turns);
    const other = signedIn('alex');
    server.answers.push(refreshed(tokensOf('alex')));
    await other;
    await vi.waitFor(() => expect(tab.person).toBe('alex'));
    expect(tab.state).toBe('signed-in');
    expect(turns).toHaveBeenCalledTimes(1);
  });

  it('is not who only gets another token', async () => {
    const session = await signedIn('robin', 0);
    const turns = vi.fn<() => void>();
    onAnother(session, turns);
    server.answers.push(refreshed(tokensOf('robin')));
    await session.token();
    expect(turns).not.toHaveBeenCalled();
  });

  it('finds no notes of the one before', async () => {
    const session = await signedIn('robin', 0);
    sessionStorage.setItem(DRAFT, 'My card is …');
    server.answers.push(refreshed(null));
    await session.token();
    expect(sessionStorage.getItem(DRAFT), 'a session that ran out').toBe('My card is …');
    await signedIn('robin');
    expect(sessionStorage.getItem(DRAFT), 'the same person').toBe('My card is …');
    await signedIn('alex');
    expect(sessionStorage.getItem(DRAFT), 'another person').toBeNull();
  });

  it('finds no notes after the one before has signed out, in any tab', async () => {
    const session = await signedIn('robin');
    sessionStorage.setItem(DRAFT, 'My card is …');
    server.answers.push(new Response(null, { status: 204 }));
    await session.end();
    expect(sessionStorage.getItem(DRAFT)).toBeNull();
    sessionStorage.setItem('marquee.owner', 'robin');
    sessionStorage.setItem(DRAFT, 'of a tab that the browser restores');
    void new Session('test');
    expect(sessionStorage.getItem(DRAFT)).toBeNull();
  });
});
