import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Stack, TextField } from '@marquee/app-kit/ui';

import { divideSection, freeName, moveSection, newSection, removeSection, replaceSection } from './draft.ts';
import { LIMITS, type ScreenDraft, tiersOf } from './layout.ts';
import { LayoutPreview } from './layout-preview.tsx';
import type { FoundProblem, LayoutProblem } from './layout-problems.ts';
import { layoutTexts } from './layout-texts.ts';
import styles from './layout.module.css';
import { SectionEditor } from './section-editor.tsx';
import { tierColor } from './tier-color.ts';

const OF_THE_SCREEN: readonly LayoutProblem[] = ['noSections', 'tooManySeats', 'tooManyStanding'];

export interface ScreenEditorProps {
  readonly screen: ScreenDraft;
  readonly problems: readonly FoundProblem[];
  readonly onChange: (next: (screen: ScreenDraft) => ScreenDraft, name?: string) => void;
  readonly onRemove: (() => void) | undefined;
}

export function ScreenEditor({ screen, problems, onChange, onRemove }: ScreenEditorProps) {
  const t = useTexts(layoutTexts);
  const tiers = tiersOf(screen.sections);
  const nameProblem = problems.find(({ problem }) => problem === 'screenName' || problem === 'screenNameTwice');
  const add = (isStanding: boolean): void =>
    onChange((now) => {
      const name = freeName(
        t(isStanding ? 'floor' : 'stalls'),
        now.sections.map((each) => each.name),
      );
      const section = newSection(name, tiers.at(-1) ?? t('standard'), isStanding);
      return { ...now, sections: [...now.sections, section] };
    });
  return (
    <Stack>
      <TextField
        label={t('screenName')}
        value={screen.name}
        maxLength={LIMITS.name}
        problem={nameProblem && t(`problem_${nameProblem.problem}`)}
        onChange={(name) => onChange((now) => ({ ...now, name }), `${screen.id}:name`)}
      />
      {problems
        .filter(({ problem }) => OF_THE_SCREEN.includes(problem))
        .map(({ problem }) => (
          <Notice key={problem} tone="bad">
            {t(`problem_${problem}`)}
          </Notice>
        ))}
      {screen.sections.map((section) => (
        <SectionEditor
          key={section.id}
          section={section}
          color={tierColor(tiers, section.tierName)}
          problems={problems.filter(({ sectionId }) => sectionId === section.id)}
          onChange={(next, name) => onChange((now) => replaceSection(now, next), name)}
          onRemove={() => onChange((now) => removeSection(now, section.id))}
          onMove={screen.sections.length > 1 ? (by) => onChange((now) => moveSection(now, section.id, by)) : undefined}
          onDivide={(behind) =>
            onChange((now) => divideSection(now, section, behind, { left: t('left'), right: t('right') }))
          }
        />
      ))}
      <div className={styles['tools']}>
        <Button kind="quiet" onPress={() => add(false)}>
          {t('addSection')}
        </Button>
        <Button kind="quiet" onPress={() => add(true)}>
          {t('addStanding')}
        </Button>
        {onRemove && (
          <Button kind="danger" onPress={onRemove}>
            {t('removeScreen')}
          </Button>
        )}
      </div>
      <LayoutPreview screen={screen} />
    </Stack>
  );
}
