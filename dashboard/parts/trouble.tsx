import type { ComponentChildren, JSX } from 'preact';
import type { Trouble } from '../live/watch.ts';
import { sentence } from '../view/text.ts';
import { lazy } from './lazy.tsx';
import { Time } from './time.tsx';

const KeyForm = lazy(async () => (await import('./key-form.tsx')).KeyForm);

const SIGN_IN = '/.auth/login/aad';

function signInAddress(): string {
  const back = `${location.pathname}${location.search}`;
  return `${SIGN_IN}?${new URLSearchParams({ post_login_redirect_uri: back }).toString()}`;
}

const HEADS: Readonly<Record<Trouble['kind'], string>> = {
  offline: 'No connection',
  unavailable: 'Not available just now',
  signedOut: 'You are not signed in',
  turnedAway: 'The app does not let you in',
  forbidden: 'You may not see this',
  missing: 'Not found',
  failed: 'This did not work',
};

const NEEDS_SIGN_IN: ReadonlySet<string> = new Set(['signedOut', 'turnedAway']);

/** Why there is nothing to show, in the middle of the page. */
export function NothingToShow({ trouble }: { readonly trouble: Trouble }): JSX.Element {
  const { kind, message, remedy } = trouble;
  return (
    <div class="blank" role="status">
      <h1 tabIndex={-1}>{HEADS[kind]}</h1>
      <p>{sentence(message)}</p>
      {remedy !== undefined && <p class="soft">{sentence(remedy)}</p>}
      {NEEDS_SIGN_IN.has(kind) && (
        <a class="button main" href={signInAddress()} target="_self">
          Sign in
        </a>
      )}
      {kind === 'turnedAway' && <KeyForm />}
      {(kind === 'offline' || kind === 'unavailable') && <p class="soft">The page tries again by itself.</p>}
    </div>
  );
}

/** What is shown stays, and a line above it says that it is old. */
export function Stale({ trouble }: { readonly trouble: Trouble | undefined }): JSX.Element | null {
  if (trouble === undefined) return null;
  const { kind, message, since } = trouble;
  return (
    <p class="stale afloat" role="status">
      <strong>{HEADS[kind]}.</strong> {sentence(message)} What you see is from{' '}
      <Time at={new Date(since).toISOString()} />.
      {NEEDS_SIGN_IN.has(kind) && (
        <a href={signInAddress()} target="_self">
          Sign in
        </a>
      )}
    </p>
  );
}

export interface Watched<T> {
  readonly value: { readonly value: T | undefined };
  readonly trouble: { readonly value: Trouble | undefined };
}

/** What was read, or that it is being read, or why it could not be. */
export function Shown<T>({
  of,
  children,
}: {
  readonly of: Watched<T>;
  readonly children: (value: T) => ComponentChildren;
}): JSX.Element {
  const value = of.value.value;
  const trouble = of.trouble.value;
  if (value === undefined)
    return trouble === undefined ? <p class="blank soft">Loading…</p> : <NothingToShow trouble={trouble} />;
  return (
    <>
      <Stale trouble={trouble} />
      {children(value)}
    </>
  );
}
