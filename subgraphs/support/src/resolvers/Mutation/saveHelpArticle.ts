import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { HelpArticleChangedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/save-help-article.ts';

export const saveHelpArticle: MutationResolvers['saveHelpArticle'] = (_parent, { input }, { caller, deps }) =>
  resultOf([HelpArticleChangedError], async () => {
    const { id = null, version = null, ...text } = input;
    const saved = { ...text, id, version, editorId: requireUser(caller) };
    return { __typename: 'SaveHelpArticlePayload', article: await useCase.saveHelpArticle(deps, saved) };
  });
