import { useId } from 'react';

import styles from './field.module.css';

export interface Choice<Id extends string = string> {
  readonly id: Id;
  readonly text: string;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly placeholder?: string;
  /** Whether the label is for screen readers alone. */
  readonly isLabelHidden?: boolean;
}

/** One of several, in the list of the platform. */
export function Select<Id extends string>({
  label,
  choices,
  value,
  onChange,
  placeholder,
  isLabelHidden,
}: SelectProps<Id>) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={isLabelHidden ? styles['hidden'] : styles['label']}>
        {label}
      </label>
      <select
        id={id}
        className={styles['input']}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value as Id)}
      >
        {value === null && (
          <option value="" disabled>
            {placeholder}
          </option>
        )}
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.text}
          </option>
        ))}
      </select>
    </div>
  );
}
