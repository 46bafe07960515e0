import { ApolloProvider } from '@apollo/client/react';
import { Fragment, type ReactNode, StrictMode, useMemo, useState } from 'react';
import { RouterProvider as AriaRouter } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, Outlet, type RouteObject, RouterProvider, useHref, useNavigate } from 'react-router';

import {
  ApiContext,
  type ApiOptions,
  createApi,
  IdentityPrompt,
  onAnother,
  openSocket,
  Session,
  usePerson,
} from './api/index.ts';
import { followNewerBuilds } from './newer-build.ts';
import { LocaleProvider } from './text/index.ts';
import { applyTheme } from './ui/theme.ts';
import { ToastRegion } from './ui/toast-region.tsx';
import './ui/base.css';

export interface ApplicationOptions extends Pick<
  ApiOptions,
  'clientName' | 'possibleTypes' | 'pages' | 'parts' | 'lists' | 'known'
> {
  /** The path under which it is served. */
  readonly base: string;
  /** Around every page. */
  readonly frame: ReactNode;
  readonly routes: readonly RouteObject[];
  /** Draws the prompt by which people confirm who they are. */
  readonly identity: (prompt: IdentityPrompt) => ReactNode;
}

/** Starts an application in `#app`: session, API, language, theme and router. */
export function startApplication({ base, frame, routes, identity, ...options }: ApplicationOptions): void {
  applyTheme();
  keepPressStyleOut();
  followNewerBuilds();
  const session = new Session(options.clientName);
  // Pages that ask for nothing wait for it, too.
  session.token().catch(() => undefined);
  const socket = openSocket(session, options.clientName);
  const prompt = new IdentityPrompt();
  onAnother(session, () => prompt.answer(false));
  const client = createApi({ ...options, session, socket, confirmIdentity: prompt.ask });
  const router = createBrowserRouter(
    [
      {
        element: (
          <LinksFollowRouter>
            {frame}
            <ToastRegion />
          </LinksFollowRouter>
        ),
        hydrateFallbackElement: <></>,
        children: [...routes],
      },
    ],
    { basename: base },
  );
  const root = document.querySelector('#app');
  if (!root) throw new Error('The page has no element #app');
  createRoot(root).render(
    <StrictMode>
      <LocaleProvider>
        <ApiContext value={{ session, socket }}>
          <ApolloProvider client={client}>
            <OfOnePerson>
              <RouterProvider router={router} />
            </OfOnePerson>
            {identity(prompt)}
          </ApolloProvider>
        </ApiContext>
      </LocaleProvider>
    </StrictMode>,
  );
}

/** Draws its content anew when a person leaves for good or another one comes: nothing of theirs stays in a page. */
function OfOnePerson({ children }: { readonly children: ReactNode }) {
  const person = usePerson();
  const [last, setLast] = useState({ person, turn: 0 });
  if (person !== last.person) setLast({ person, turn: last.person === undefined ? last.turn : last.turn + 1 });
  return <Fragment key={last.turn}>{children}</Fragment>;
}

/** React Aria adds an inline style, which the security policy forbids, unless there is an element with its id. */
function keepPressStyleOut(): void {
  const style = document.createElement('meta');
  style.id = 'react-aria-pressable-style';
  document.head.append(style);
}

/** Links of components lead to pages of the application without loading it again. */
function LinksFollowRouter({ children }: { readonly children: ReactNode }) {
  const navigate = useNavigate();
  return useMemo(
    () => (
      <AriaRouter navigate={(path) => void navigate(path)} useHref={useHref}>
        {children}
      </AriaRouter>
    ),
    [navigate, children],
  );
}

export { Outlet };
export { scrollKey } from './scroll-key.ts';
