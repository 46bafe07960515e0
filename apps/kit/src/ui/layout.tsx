import { type ReactNode, useEffect } from 'react';

import styles from './layout.module.css';

type Children = { readonly children: ReactNode };

export interface PageProps extends Children {
  /** The heading, and the title of the browser's tab. */
  readonly title: string;
  /** For reading rather than looking. */
  readonly isNarrow?: boolean;
  /** Beside the heading. */
  readonly actions?: ReactNode;
  /** Draws its own heading. */
  readonly hasOwnHeading?: boolean;
}

/** A page: the main landmark with one heading. */
export function Page({ title, isNarrow = false, actions, hasOwnHeading = false, children }: PageProps) {
  useTitle(title);
  return (
    <main className={isNarrow ? `${styles['page']} ${styles['narrow']}` : styles['page']} id="main" tabIndex={-1}>
      {!hasOwnHeading && (
        <div className={styles['row']}>
          <h1>{title}</h1>
          {actions}
        </div>
      )}
      {children}
    </main>
  );
}

/** Sets the title of the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => void (document.title = `${title} · Marquee`), [title]);
}

export function Stack({ children }: Children) {
  return <div className={styles['stack']}>{children}</div>;
}

export function Row({ children }: Children) {
  return <div className={styles['row']}>{children}</div>;
}

export function Card({ children }: Children) {
  return <div className={styles['card']}>{children}</div>;
}

/** Text of less weight. */
export function Soft({ children, isSmall = false }: Children & { readonly isSmall?: boolean }) {
  return <span className={isSmall ? `${styles['soft']} ${styles['small']}` : styles['soft']}>{children}</span>;
}

export type Tone = 'plain' | 'good' | 'warning' | 'bad';

const toned = (name: string, tone: Tone): string => `${styles[name]} ${tone === 'plain' ? '' : styles[tone]}`;

/** Something that has happened; screen readers say it, and what is wrong at once. */
export function Notice({ tone = 'plain', children }: Children & { readonly tone?: Tone }) {
  return (
    <div className={toned('notice', tone)} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

export function Badge({ tone = 'plain', children }: Children & { readonly tone?: Tone }) {
  return <span className={toned('badge', tone)}>{children}</span>;
}

/** In place of a list that has nothing: what it is for, and what to do. */
export function Empty({ children }: Children) {
  return <div className={styles['empty']}>{children}</div>;
}

/** In place of what is being loaded. */
export function Skeleton({ label }: { readonly label: string }) {
  return (
    <div className={styles['skeleton']} role="status">
      <Hidden>{label}</Hidden>
    </div>
  );
}

/** For screen readers alone. */
export function Hidden({ children }: Children) {
  return <span className={styles['hidden']}>{children}</span>;
}

export interface TableProps<Row> {
  /** Said by screen readers. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly {
    readonly head: string;
    readonly cell: (row: Row) => ReactNode;
    readonly isNumber?: boolean;
  }[];
}

/** Rows and columns; it scrolls by itself where it is wider than the page. */
export function Table<Row>({ label, rows, keyOf, columns }: TableProps<Row>) {
  return (
    // A region that scrolls has to be reached by the keyboard.
    <section className={styles['table']} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ head, isNumber }) => (
              <th key={head} scope="col" className={isNumber ? styles['number'] : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ head, cell, isNumber }) => (
                <td key={head} className={isNumber ? styles['number'] : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
