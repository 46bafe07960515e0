import { Button } from '@marquee/app-kit/ui';
import { useId } from 'react';

import styles from './choose.module.css';

export interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly onChange: (value: number) => void;
  /** Of the two buttons. */
  readonly fewer: string;
  readonly more: string;
}

/** A small number, by two buttons. */
export function Stepper({ label, value, minimum, maximum, onChange, fewer, more }: StepperProps) {
  const id = useId();
  return (
    <div className={styles['stepper']} role="group" aria-labelledby={id}>
      <span id={id}>{label}</span>
      <Button kind="quiet" aria-label={fewer} isDisabled={value <= minimum} onPress={() => onChange(value - 1)}>
        −
      </Button>
      <output className={styles['count']}>{value}</output>
      <Button kind="quiet" aria-label={more} isDisabled={value >= maximum} onPress={() => onChange(value + 1)}>
        +
      </Button>
    </div>
  );
}
