import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { lazy } from './lazy.tsx';

const Explained = lazy(async () => (await import('./explained.tsx')).Explained);

/** All there is to know, with the commands that undo it without this app. Read when it is opened. */
export function Explain({ id }: { readonly id: string }): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <details
      class="json"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>Explain, and undo without this app</summary>
      {isOpen.value && <Explained id={id} />}
    </details>
  );
}
