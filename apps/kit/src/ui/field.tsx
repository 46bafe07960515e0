import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup as AriaRadioGroup,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';

import styles from './field.module.css';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  readonly hint?: string;
  /** Why what is there cannot be sent; the field is marked as invalid. */
  readonly problem?: string | undefined;
  /** Lines of a longer text; one by default. */
  readonly rows?: number;
  readonly placeholder?: string;
}

/** A text that a person types. */
export function TextField({ label, hint, problem, rows, placeholder, ...props }: TextFieldProps) {
  return (
    <AriaTextField {...props} {...(problem !== undefined && { isInvalid: true })} className={styles['field'] ?? ''}>
      <Label className={styles['label'] ?? ''}>{label}</Label>
      {rows === undefined ? (
        <Input className={styles['input'] ?? ''} placeholder={placeholder} />
      ) : (
        <TextArea className={styles['input'] ?? ''} rows={rows} placeholder={placeholder} />
      )}
      {hint !== undefined && (
        <Text slot="description" className={styles['hint'] ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles['error'] ?? ''}>{problem}</FieldError>
    </AriaTextField>
  );
}

export interface CheckboxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

export function Checkbox({ children, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox {...props} className={styles['choice'] ?? ''}>
      <span className={styles['box']} aria-hidden="true">
        ✓
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}

export interface RadioGroupProps<Id extends string> {
  readonly label: string;
  readonly choices: readonly { readonly id: Id; readonly text: ReactNode; readonly isDisabled?: boolean }[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  /** Why the choice cannot be sent; the group is marked as invalid. */
  readonly problem?: string | undefined;
}

/** One of a few, all of which are seen. */
export function RadioGroup<Id extends string>({ label, choices, value, onChange, problem }: RadioGroupProps<Id>) {
  return (
    <AriaRadioGroup
      className={styles['group'] ?? ''}
      value={value}
      {...(problem !== undefined && { isInvalid: true })}
      onChange={(id) => onChange(id as Id)}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      {choices.map(({ id, text, isDisabled = false }) => (
        <Radio key={id} value={id} isDisabled={isDisabled} className={styles['choice'] ?? ''}>
          <span className={`${styles['box']} ${styles['round']}`} aria-hidden="true">
            ●
          </span>
          <span>{text}</span>
        </Radio>
      ))}
      <FieldError className={styles['error'] ?? ''}>{problem}</FieldError>
    </AriaRadioGroup>
  );
}
