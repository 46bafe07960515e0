import { useFormats, useTexts } from '@marquee/app-kit/text';
import { useProblemText } from '@marquee/app-kit/ui';

import styles from './door.module.css';
import type { KeptScan } from './store.ts';
import { doorTexts } from './texts.ts';

export type ScanState =
  | { readonly kind: 'ready' | 'checking' }
  | { readonly kind: 'decided'; readonly scan: KeptScan }
  | { readonly kind: 'failed'; readonly error: unknown };

const SIGNS = { admit: '✓', used: '✕', cancelled: '✕', wrongShow: '✕', unknown: '✕', notListed: '?' } as const;

/** Says whether somebody may enter, to be read from a distance and heard by a screen reader. */
export function Sign({ state, timeZone }: { readonly state: ScanState; readonly timeZone: string | undefined }) {
  const t = useTexts(doorTexts);
  const formats = useFormats();
  const problemText = useProblemText();
  if (state.kind === 'failed')
    return (
      <div className={styles['sign']} data-kind="unknown" role="alert">
        <strong>{t('failed')}</strong>
        <span>{problemText(state.error)}</span>
      </div>
    );
  if (state.kind !== 'decided')
    return (
      <div className={styles['sign']} role="status">
        <strong>{t(state.kind)}</strong>
      </div>
    );
  const { verdict, seat, usedAt, outcome } = state.scan;
  const time = usedAt ? formats.time(usedAt, 'time', timeZone) : 'none';
  return (
    <div key={state.scan.id} className={styles['sign']} data-kind={verdict} role="alert">
      <span className={styles['mark']} aria-hidden="true">
        {SIGNS[verdict]}
      </span>
      <strong>{t(verdict)}</strong>
      {seat && <span className={styles['seat']}>{t('seat', { seat })}</span>}
      <span>{t(`text_${verdict}`, { time })}</span>
      {outcome === undefined && <span>{t('byList')}</span>}
    </div>
  );
}
