import { useTexts } from '@marquee/app-kit/text';
import { Button, Stack } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { freeName, newScreen, newSection } from './draft.ts';
import type { History } from './history.ts';
import { countOf, LIMITS, type ScreenDraft } from './layout.ts';
import type { FoundProblem } from './layout-problems.ts';
import { layoutTexts } from './layout-texts.ts';
import styles from './layout.module.css';
import { ScreenEditor } from './screen-editor.tsx';

export interface ScreensEditorProps {
  readonly history: History<readonly ScreenDraft[]>;
  /** Shown at their fields. */
  readonly problems: readonly FoundProblem[];
}

/** The screens of a new venue, one of them open, with the count of its places. */
export function ScreensEditor({ history, problems }: ScreensEditorProps) {
  const t = useTexts(layoutTexts);
  const { state: screens, change } = history;
  const [chosen, setChosen] = useState<string>();
  const screen = screens.find(({ id }) => id === chosen) ?? screens[0];
  const add = (): void => {
    const name = freeName(
      t('screen', { number: screens.length + 1 }),
      screens.map((each) => each.name),
    );
    const next = newScreen(name, newSection(t('stalls'), t('standard'), false));
    change((now) => [...now, next]);
    setChosen(next.id);
  };
  return (
    <Stack>
      <h2>{t('screens')}</h2>
      <div className={styles['tools']} role="group" aria-label={t('screens')}>
        {screens.map((each) => (
          <Button
            key={each.id}
            kind={each === screen ? 'main' : 'quiet'}
            aria-pressed={each === screen}
            onPress={() => setChosen(each.id)}
          >
            {each.name || '—'}
            {problems.some(({ screenId }) => screenId === each.id) && ' ⚠'}
          </Button>
        ))}
        {screens.length < LIMITS.screens && (
          <Button kind="bare" onPress={add}>
            + {t('addScreen')}
          </Button>
        )}
      </div>
      {screen && (
        <ScreenEditor
          key={screen.id}
          screen={screen}
          problems={problems.filter(({ screenId }) => screenId === screen.id)}
          onChange={(next, name) =>
            change((now) => now.map((each) => (each.id === screen.id ? next(each) : each)), name)
          }
          onRemove={screens.length > 1 ? () => change((now) => now.filter(({ id }) => id !== screen.id)) : undefined}
        />
      )}
      <div className={styles['count']}>
        <span role="status">{screen && t('count', { ...countOf(screen.sections) })}</span>
        <span className={styles['tools']}>
          <Button kind="quiet" isDisabled={!history.canUndo} onPress={history.undo}>
            {t('undo')}
          </Button>
          <Button kind="quiet" isDisabled={!history.canRedo} onPress={history.redo}>
            {t('redo')}
          </Button>
        </span>
      </div>
    </Stack>
  );
}
