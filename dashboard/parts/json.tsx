import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';

/** Something that is long, folded until somebody asks for it. */
export function Folded({
  title,
  children,
}: {
  readonly title: string;
  readonly children: () => JSX.Element;
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
      {isOpen.value && children()}
    </details>
  );
}

/** A value as JSON. */
export function JsonDetails({
  title,
  value,
}: {
  readonly title: string;
  readonly value: unknown;
}): JSX.Element {
  return <Folded title={title}>{() => <Copied text={jsonText(value)} what="JSON" />}</Folded>;
}

export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

/** A text in a box, with a button that copies it. */
export function Copied({ text, what }: { readonly text: string; readonly what: string }): JSX.Element {
  return (
    <div class="copied">
      <Copy text={text} what={what} />
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
