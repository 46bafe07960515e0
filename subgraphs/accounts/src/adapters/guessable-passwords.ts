import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

import type { IsGuessable } from '../domain/password.ts';

/** Passwords that take fewer guesses than about a hundred million: those are within reach of whoever steals the hashes. */
const MIN_SCORE = 3;
/** Characters that are judged: the time that it takes grows faster than the length. */
const JUDGED_LENGTH = 64;

let loading: Promise<ZxcvbnFactory> | undefined;

/** Judges passwords by zxcvbn and its list of leaked ones, which is loaded with the first. */
export const isGuessable: IsGuessable = async (password, own) => {
  const judge = await (loading ??= load());
  return judge.check(password.slice(0, JUDGED_LENGTH), [...own]).score < MIN_SCORE;
};

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: JUDGED_LENGTH });
}
