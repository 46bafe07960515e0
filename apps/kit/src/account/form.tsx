import { type ReactNode, useEffect, useRef, useState } from 'react';

import styles from './account.module.css';

/** A form that focuses its first problem when it was sent with some. */
export function Form({
  onSubmit,
  children,
  label,
  isFocused = false,
}: {
  readonly onSubmit: () => void;
  readonly children: ReactNode;
  readonly label?: string;
  /** Whether its first field takes the focus when it appears, in place of something that had it. */
  readonly isFocused?: boolean;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (isFocused) form.current?.querySelector('input')?.focus();
  }, [isFocused]);
  const [sent, setSent] = useState(0);
  useEffect(() => {
    const first = sent > 0 ? form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') : undefined;
    // A group of radio buttons has the focus in one of them.
    (first?.role === 'radiogroup' ? first.querySelector('input') : first)?.focus();
  }, [sent]);
  return (
    <form
      ref={form}
      className={styles['form']}
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
        setSent((count) => count + 1);
      }}
    >
      {children}
    </form>
  );
}
