import { piecesOf } from './highlight.ts';
import styles from './search.module.css';

/** A name with the words that match marked. */
export function Highlighted({ highlight, name }: { readonly highlight: string | null; readonly name: string }) {
  if (highlight === null) return name;
  return piecesOf(highlight).map(({ text, isMatch }, index) =>
    isMatch ? (
      <mark key={index} className={styles['mark']}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
