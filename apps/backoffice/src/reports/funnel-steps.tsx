import { useTexts } from '@marquee/app-kit/text';
import { Button, Row, Select, TextField } from '@marquee/app-kit/ui';

import { Group } from '../forms/grid.tsx';
import styles from './funnel-steps.module.css';
import { KNOWN_STEPS } from './funnel.ts';
import { reportTexts } from './texts.ts';

const MAX_STEPS = 10;
const OTHER = '';

export interface FunnelStepsProps {
  readonly steps: readonly string[];
  readonly onChange: (steps: readonly string[]) => void;
}

/** The steps of a path: chosen from those that are recorded, or by the name of another event. */
export function FunnelSteps({ steps, onChange }: FunnelStepsProps) {
  const t = useTexts(reportTexts);
  const choices = [...KNOWN_STEPS.map((id) => ({ id, text: t(id) })), { id: OTHER, text: t('stepName') }];
  const replace = (index: number, ...by: readonly string[]): void => onChange(steps.toSpliced(index, 1, ...by));
  const isKnown = (step: string): boolean => (KNOWN_STEPS as readonly string[]).includes(step);
  const moveUp = (index: number): void =>
    onChange(steps.toSpliced(index, 1).toSpliced(index - 1, 0, steps[index] ?? ''));
  return (
    <Group legend={t('steps')}>
      <ol className={styles['steps']}>
        {steps.map((step, index) => (
          <li key={index} className={styles['step']}>
            <Select
              label={t('step', { number: index + 1 })}
              value={isKnown(step) ? step : OTHER}
              choices={choices}
              onChange={(id) => replace(index, id === OTHER ? 'my_event' : id)}
            />
            {!isKnown(step) && (
              <TextField
                label={t('stepName')}
                hint={t('stepHint')}
                value={step}
                onChange={(name) => replace(index, name)}
              />
            )}
            <Button
              kind="quiet"
              isDisabled={index === 0}
              aria-label={t('up', { number: index + 1 })}
              onPress={() => moveUp(index)}
            >
              ↑
            </Button>
            <Button
              kind="quiet"
              isDisabled={steps.length === 1}
              aria-label={t('removeStep', { number: index + 1 })}
              onPress={() => replace(index)}
            >
              ✕
            </Button>
          </li>
        ))}
      </ol>
      <Row>
        <Button
          kind="quiet"
          isDisabled={steps.length >= MAX_STEPS}
          onPress={() => onChange([...steps, KNOWN_STEPS.find((each) => !steps.includes(each)) ?? 'my_event'])}
        >
          {t('addStep')}
        </Button>
      </Row>
    </Group>
  );
}
