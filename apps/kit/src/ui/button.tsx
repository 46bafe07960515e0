import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Link } from 'react-aria-components';

import styles from './button.module.css';

export type ButtonKind = 'main' | 'quiet' | 'bare' | 'danger';

const classOf = (kind: ButtonKind): string => `${styles['button']} ${kind === 'main' ? '' : styles[kind]}`;

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly kind?: ButtonKind;
  readonly children: ReactNode;
}

/** Does something. While `isPending`, it cannot be pressed and says so to screen readers. */
export function Button({ kind = 'main', ...props }: ButtonProps) {
  return <AriaButton {...props} className={classOf(kind)} />;
}

/** Leads somewhere, and looks like a button. */
export function ButtonLink({
  kind = 'main',
  href,
  children,
}: {
  readonly kind?: ButtonKind;
  readonly href: string;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href} className={classOf(kind)}>
      {children}
    </Link>
  );
}
