import type { JSX } from 'preact';
import type { Rollout } from '../api/shapes.ts';
import { barredOf } from '../view/meanings.ts';
import { NotNow } from './not-now.tsx';

/** What cannot be asked of a rollout now, or not by this reader, and why. */
export function Barred({ rollout }: { readonly rollout: Rollout }): JSX.Element {
  return <NotNow barred={barredOf(rollout)} />;
}
