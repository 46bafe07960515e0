/** The operations by which people judge who behaves like a robot. */
import { randomUUID } from 'node:crypto';

import { by, type Rows, tooMany } from '../people/row.ts';
import type { World } from '../people/world.ts';
import { tracked } from './finding.ts';

const CUSTOMER = by('customer', 'UNAUTHORIZED_FIELD_OR_TYPE');
/** Faster than people click, and like a clock. */
const CLICKS = 60;
const PACE_MS = 100;

/** A guest registers and clicks like a robot. */
export async function robot(world: World): Promise<void> {
  const email = `${randomUUID()}@example.test`;
  const input = { email, password: `quill-${randomUUID()}`, displayName: 'Robin Robot' };
  const { register } = await world.send('anonymous', 'Register', { input });
  const { accessToken, user } = register as { accessToken: string; user: { id: string } };
  world.signIn('guest', accessToken);
  world.kept.set(user.id, accessToken);
  const start = Date.now() - CLICKS * PACE_MS;
  const events = Array.from({ length: CLICKS }, (_, index) =>
    tracked({ name: 'title_view', titleId: world.titleId, at: new Date(start + index * PACE_MS).toISOString() }),
  );
  await world.send('guest', 'TrackEvents', { events });
}

interface Cases {
  readonly riskCases: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly user: { readonly id: string } } }[];
  };
}

export const RISK: Rows = {
  RiskCaseOpened: { may: by('analyst'), mayNot: by('customer', 'refused'), bad: null, cause: robot },
  RiskCases: {
    variables: { status: ['OPEN'], first: 5 },
    may: by('analyst'),
    mayNot: CUSTOMER,
    bad: tooMany('analyst'),
    keep: ({ riskCases }: Cases, world) => {
      const [first] = riskCases.edges;
      world.kept.set('caseId', first?.node.id ?? 'none');
      world.signIn('guest', world.kept.get(first?.node.user.id ?? '') ?? '');
    },
  },
  DecideRiskCase: {
    variables: ({ kept }) => ({ caseId: kept.get('caseId'), decision: 'BLOCK', note: 'Clicks like a clock.' }),
    may: by('admin', 'DecideRiskCasePayload'),
    mayNot: by('analyst', 'UNAUTHORIZED_FIELD_OR_TYPE'),
    bad: by('admin', 'NOT_FOUND', { caseId: 'rsk_unknown' }),
  },
};
