import { useTexts } from '@marquee/app-kit/text';
import { Checkbox, Hidden, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { passwordTexts } from './password-texts.ts';
import { type PasswordRule, passwordRules } from './password-rules.ts';
import styles from './people.module.css';

const RULES: readonly PasswordRule[] = ['length', 'pattern', 'own'];

export interface NewPasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  /** The person's own words, such as the name and the address. */
  readonly own: readonly string[];
  readonly problem?: string | undefined;
}

/** A new password, with its rules as one types. */
export function NewPasswordField({ label, value, onChange, own, problem }: NewPasswordFieldProps) {
  const t = useTexts(passwordTexts);
  const [isShown, setShown] = useState(false);
  const kept = passwordRules(value, own);
  return (
    <div className={styles['password']}>
      <TextField
        label={label}
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        value={value}
        onChange={onChange}
        hint={t('advice')}
        problem={problem}
      />
      <Checkbox isSelected={isShown} onChange={setShown}>
        {t('show')}
      </Checkbox>
      <ul className={styles['rules']} aria-label={t('rules')}>
        {RULES.map((rule) => (
          <li key={rule} className={kept[rule] ? styles['kept'] : undefined}>
            <span aria-hidden="true">{kept[rule] ? '✓' : '○'}</span> {t(rule)}
            <Hidden>{t(kept[rule] ? 'isKept' : 'isOpen')}</Hidden>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether a password may be sent. */
export const isAcceptable = (password: string, own: readonly string[]): boolean =>
  Object.values(passwordRules(password, own)).every(Boolean);
