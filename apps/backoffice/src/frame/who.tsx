import { useQuery } from '@apollo/client/react';
import { usePerson, useSessionState } from '@marquee/app-kit/api';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

import { MeDocument, type MeQuery } from '../generated/graphql.ts';
import type { Who, Workplace } from './work.ts';

const WHO_KEY = 'marquee.backoffice.who';
const ORGANISATION_KEY = 'marquee.backoffice.organisation';

export interface WhoContextValue {
  /** Undefined until it is known. */
  readonly who: Who | undefined;
  /** The organisation that pages work for; undefined for a person without one. */
  readonly organisation: Workplace | undefined;
  /** For an organisation that was founded just now. */
  readonly choose: (organisationId: string) => void;
  readonly error: unknown;
  readonly retry: () => void;
}

const WhoContext = createContext<WhoContextValue>({
  who: undefined,
  organisation: undefined,
  choose: () => {},
  error: undefined,
  retry: () => {},
});

/** The signed-in person. Who it was is kept, so that a gate without a network still opens its pages. */
export function WhoProvider({ children }: { readonly children: ReactNode }) {
  const state = useSessionState();
  const person = usePerson();
  const { data, error, refetch } = useQuery(MeDocument, { skip: state === 'anonymous' });
  const [organisationId, setOrganisationId] = useState(() => localStorage.getItem(ORGANISATION_KEY));
  const who = useMemo(() => (data?.viewer ? whoOf(data.viewer) : remembered(person)), [data, person]);
  useEffect(() => {
    if (state === 'anonymous') localStorage.removeItem(WHO_KEY);
    else if (data?.viewer && who) localStorage.setItem(WHO_KEY, JSON.stringify(who));
  }, [state, data, who]);
  const value = useMemo<WhoContextValue>(
    () => ({
      who: state === 'anonymous' ? undefined : who,
      organisation: who?.organisations.find(({ id }) => id === organisationId) ?? who?.organisations[0],
      choose: (id) => {
        keepOrganisation(id);
        setOrganisationId(id);
      },
      error,
      retry: () => void refetch(),
    }),
    [state, who, organisationId, error, refetch],
  );
  return <WhoContext value={value}>{children}</WhoContext>;
}

export function useWho(): WhoContextValue {
  return useContext(WhoContext);
}

/** Has pages work for an organisation from the next start on. */
export function keepOrganisation(id: string): void {
  localStorage.setItem(ORGANISATION_KEY, id);
}

function whoOf(viewer: NonNullable<MeQuery['viewer']>): Who {
  return {
    id: viewer.id,
    name: viewer.displayName,
    roles: viewer.roles ?? [],
    organisations: (viewer.organisations ?? []).map(({ role, organisation }) => ({ ...organisation, role })),
  };
}

/** The person as they were known last; nobody else who used this browser. */
function remembered(person: string | undefined): Who | undefined {
  const text = localStorage.getItem(WHO_KEY);
  const who = text === null ? undefined : (JSON.parse(text) as Who);
  return who?.id === person ? who : undefined;
}
