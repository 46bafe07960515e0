import { everyone, type Permissions } from '@marquee/subgraph';

import { owner } from './access.ts';

export const permissions: Permissions = {
  Mutation: { register: everyone, login: everyone, answerSecondFactor: everyone, refreshSession: everyone },
  User: { displayName: everyone, '*': owner },
};
