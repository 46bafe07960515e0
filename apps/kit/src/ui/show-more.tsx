import { useState } from 'react';

import { defineTexts, useTexts } from '../text/index.ts';
import { Button } from './button.tsx';
import { ProblemNotice } from './problem.tsx';
import styles from './show-more.module.css';

const texts = defineTexts({ en: { more: 'Show more' }, de: { more: 'Mehr anzeigen' }, hi: { more: 'और दिखाएँ' } });

export interface ShowMoreProps {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } | undefined;
  /** Reads the page after a cursor, such as by `fetchMore`. */
  readonly onMore: (after: string | null) => Promise<unknown>;
}

/** Below a list: reads its next page, where there is one. */
export function ShowMore({ pageInfo, onMore }: ShowMoreProps) {
  const t = useTexts(texts);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  if (!pageInfo?.hasNextPage) return null;
  const more = (): void => {
    setPending(true);
    setProblem(undefined);
    onMore(pageInfo.endCursor)
      .catch(setProblem)
      .finally(() => setPending(false));
  };
  return (
    <div className={styles['more']}>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Button kind="quiet" isPending={isPending} onPress={more}>
        {t('more')}
      </Button>
    </div>
  );
}
