import { useDebounced } from '@marquee/app-kit/ui';
import { skipToken, useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { useCity } from '../city/city.ts';
import { SearchIcon } from '../frame/icons.tsx';
import { SuggestionsDocument, type SuggestionsQuery } from '../generated/graphql.ts';
import { boxTexts } from './box-texts.ts';
import styles from './search-box.module.css';

const PAUSE_MS = 150;
const MAX_PREFIX = 100;

/** The search of the header. On the page of results it has the text that was searched for. */
export function SearchBox() {
  const { pathname, search } = useLocation();
  const searched = pathname === '/search' ? (new URLSearchParams(search).get('q') ?? '') : '';
  return <SearchCombobox key={searched} searched={searched} />;
}

type Suggestion = SuggestionsQuery['searchSuggestions'][number];

/** The page of the title or venue that a suggestion names, else what a search for it finds. */
function pathOf({ node, kind, text }: Suggestion): string {
  if (node) return `/${node.__typename === 'Venue' ? 'venues' : 'titles'}/${node.id}`;
  return `/search?${new URLSearchParams({ [kind === 'GENRE' ? 'genre' : 'q']: text })}`;
}

/** A combobox whose list has what the server suggests for the text so far. */
function SearchCombobox({ searched }: { readonly searched: string }) {
  const t = useTexts(boxTexts);
  const { cityId } = useCity();
  const navigate = useNavigate();
  const [text, setText] = useState(searched);
  const [isOpen, setOpen] = useState(false);
  const [marked, setMarked] = useState({ prefix: '', index: -1 });
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const prefix = useDebounced(text.trim().slice(0, MAX_PREFIX), PAUSE_MS);
  const { data, previousData } = useQuery(
    SuggestionsDocument,
    isOpen && cityId !== undefined ? { variables: { prefix, cityId }, fetchPolicy: 'cache-first' } : skipToken,
  );
  // Of an answer to an earlier text, what still fits is shown until the next one comes.
  const isCurrent = data !== undefined && prefix === text.trim().slice(0, MAX_PREFIX);
  const suggestions = ((isOpen && (data ?? previousData)?.searchSuggestions) || []).filter(
    (suggestion) => isCurrent || suggestion.text.toLowerCase().includes(text.trim().toLowerCase()),
  );
  // A place in a list is nothing in the next one.
  const active = marked.prefix === prefix ? marked.index : -1;
  const setActive = (index: number): void => setMarked({ prefix, index });

  const go = (to: string): void => {
    setOpen(false);
    input.current?.blur();
    void navigate(to);
  };
  const choose = (index: number): void => {
    const suggestion = suggestions[index];
    if (!suggestion) return;
    setText(suggestion.node || suggestion.kind === 'GENRE' ? '' : suggestion.text);
    go(pathOf(suggestion));
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (active >= 0) choose(active);
    else go(`/search?${new URLSearchParams({ q: text.trim() })}`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setOpen(true);
      // One place more than suggestions: the text itself.
      const places = suggestions.length + 1;
      setActive(((active + 1 + step + places) % places) - 1);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      setOpen(false);
      setActive(-1);
    }
  };

  return (
    <search className={styles['search']}>
      <form className={styles['form']} onSubmit={onSubmit}>
        <input
          ref={input}
          className={styles['input']}
          type="search"
          role="combobox"
          aria-label={t('label')}
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
          autoComplete="off"
          enterKeyHint="search"
          maxLength={200}
          placeholder={t('placeholder')}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className={styles['submit']} aria-label={t('submit')}>
          <SearchIcon />
        </button>
        <div
          id={listId}
          role="listbox"
          aria-label={t('suggestions')}
          className={styles['list']}
          hidden={suggestions.length === 0}
        >
          {suggestions.map(({ text: suggestion, kind }, index) => (
            // The keyboard stays in the field and moves through the list from there.
            <div
              key={`${kind}${suggestion}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
              className={styles['option']}
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setActive(index)}
              onClick={() => choose(index)}
              onKeyDown={undefined}
            >
              <span>{suggestion}</span> <small>{t(kind)}</small>
            </div>
          ))}
        </div>
      </form>
    </search>
  );
}
