import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { keepKey, keyHeader } from '../api/key.ts';

/** Takes the function key that the host asks for besides a sign-in, and loads the page again with it. */
export function KeyForm(): JSX.Element {
  const typed = useSignal('');
  const hasKey = Object.keys(keyHeader()).length > 0;
  return (
    <form
      class="key"
      onSubmit={(event) => {
        event.preventDefault();
        keepKey(typed.value.trim());
        location.reload();
      }}
    >
      {hasKey && <p role="alert">The host does not take the key that you entered.</p>}
      <label>
        Function key
        <input
          type="password"
          autocomplete="off"
          required
          pattern="\s*[!-~]+\s*"
          value={typed.value}
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
        />
      </label>
      <button type="submit">Use this key</button>
      <p class="soft">It stays in this tab, and is forgotten when the tab is closed.</p>
    </form>
  );
}
