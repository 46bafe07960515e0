import { Outlet, ScrollRestoration } from 'react-router';

/** The menu around every page. */
export function Frame() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  );
}
