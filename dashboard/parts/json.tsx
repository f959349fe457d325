import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';

/** A value as JSON, folded until somebody asks for it. */
export function JsonDetails({
  title,
  value,
}: {
  readonly title: string;
  readonly value: unknown;
}): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <details
      class="json"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>{title}</summary>
      {isOpen.value && <Json value={value} />}
    </details>
  );
}

function Json({ value }: { readonly value: unknown }): JSX.Element {
  const text = JSON.stringify(value, undefined, 2);
  return (
    <div class="copied">
      <Copy text={text} what="JSON" />
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}

/** Copies a text, and says that it did. */
export function Copy({ text, what }: { readonly text: string; readonly what: string }): JSX.Element {
  const isDone = useSignal(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    isDone.value = true;
    setTimeout(() => {
      isDone.value = false;
    }, 2000);
  };
  return (
    <button type="button" class="small" onClick={() => void copy()}>
      {isDone.value ? 'Copied' : `Copy ${what}`}
    </button>
  );
}
