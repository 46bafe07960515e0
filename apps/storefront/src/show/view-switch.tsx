import { useTexts } from '@marquee/app-kit/text';
import { useState } from 'react';

import styles from './show.module.css';
import { showTexts } from './texts.ts';

export type View = 'map' | 'list';

const KEY = 'marquee.seats-as';

/** How this browser shows seats. */
export function useView(): [View, (view: View) => void] {
  const [view, setView] = useState<View>(() => (localStorage.getItem(KEY) === 'list' ? 'list' : 'map'));
  const choose = (next: View): void => {
    localStorage.setItem(KEY, next);
    setView(next);
  };
  return [view, choose];
}

export interface ViewSwitchProps {
  readonly view: View;
  readonly onChange: (view: View) => void;
}

/** Shows the seats as a plan or as a list. */
export function ViewSwitch({ view, onChange }: ViewSwitchProps) {
  const t = useTexts(showTexts);
  return (
    <div role="group" aria-label={t('view')} className={styles['switch']}>
      {(['map', 'list'] as const).map((id) => (
        <button key={id} type="button" aria-pressed={view === id} onClick={() => onChange(id)}>
          {t(id === 'map' ? 'asMap' : 'asList')}
        </button>
      ))}
    </div>
  );
}
