import { type Locale, localeOfBrowser } from '@marquee/messages';
import { sendSmallPage } from '@marquee/subgraph';
import type { FastifyInstance } from 'fastify';

import { invitationMessages } from '../domain/invitation-messages.ts';
import { isReferralCode, JOIN_PATH, type ShareSites, shareUrlOf } from '../domain/referral.ts';
import { exampleRewards } from '../domain/reward.ts';

/** The names and amounts on the page. */
export interface Invited {
  readonly shareSites: ShareSites;
  readonly rewardDelayDays: number;
}

interface Join {
  readonly Querystring: { readonly ref?: unknown };
}

/** Mounts the page that share links lead to. It looks nothing up, so it tells nobody which codes exist. */
export function joinRoutes(app: FastifyInstance, invited: Invited): void {
  app.get<Join>(JOIN_PATH, async ({ query, headers }, reply) => {
    const locale = localeOfBrowser(headers['accept-language']);
    const code = typeof query.ref === 'string' ? query.ref.trim().toUpperCase() : '';
    if (isReferralCode(code))
      return sendSmallPage(reply, { language: locale.language, body: bodyOf(code, invited, locale) });
    const { text } = invitationMessages.write({ key: 'incomplete', values: {} }, locale);
    return sendSmallPage(reply.code(404), { language: locale.language, body: `<p>${text}</p>` });
  });
}

/** HTML. A code is letters and digits, and the texts are ours: nothing needs to be escaped. */
function bodyOf(code: string, { shareSites, rewardDelayDays: days }: Invited, locale: Locale): string {
  const text = (key: 'invited' | 'orLike' | 'how' | 'signUp' | 'apps') =>
    invitationMessages.write({ key, values: {} }, locale).text;
  const amounts = exampleRewards().map(
    (amount) => invitationMessages.write({ key: 'amount', values: { amount } }, locale).text,
  );
  return `<h1>${text('invited')}</h1>
<p><strong>${code}</strong></p>
<p>${invitationMessages.write({ key: 'reward', values: { days } }, locale).text} ${amounts.join(' / ')} ${text('orLike')}</p>
<p>${text('how')}</p>
${shareSites.storefrontUrl === undefined ? operationsWith(code, text('apps')) : linkTo(shareUrlOf({ code }, shareSites), text('signUp'))}`;
}

const linkTo = (url: string, text: string): string => `<p><a href="${encodeURI(url)}">${text}</a></p>`;

const operationsWith = (code: string, text: string): string => `<p>${text}</p>
<pre>register(input: { …, referralCode: "${code}" })
finishProviderSignIn(code: "…", referralCode: "${code}")</pre>`;
