import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { AskDialog } from './ask-dialog.tsx';

interface Props {
  readonly title: string;
  /** What the button says. */
  readonly label: string;
  /** What the JSON is. */
  readonly of: string;
  readonly first: object;
  /** Whether it is given a name here. */
  readonly isNew: boolean;
  /** Writes it; the app says what is wrong in it. */
  readonly act: (written: Written) => Promise<void>;
  readonly onClose: () => void;
}

/** What was written, and why. */
export interface Written {
  readonly name: string;
  readonly value: object;
  readonly reason: string;
}

/** A JSON object that is written, a new one with a name or another version of one that stands. */
export function JsonDialog({ title, label, of, first, isNew, act, onClose }: Props): JSX.Element {
  const name = useSignal('');
  const text = useSignal(JSON.stringify(first, undefined, 2));
  const value = objectIn(text.value);
  return (
    <AskDialog
      title={title}
      label={label}
      isReady={value !== undefined && (!isNew || name.value !== '')}
      act={(reason) => act({ name: name.value, value: value ?? {}, reason })}
      onClose={onClose}
    >
      {isNew && <NameInput name={name} />}
      <JsonInput label={`${of}, as JSON`} text={text} isWrong={value === undefined} />
      {value === undefined && <p class="problem">This is no JSON object yet.</p>}
    </AskDialog>
  );
}

function NameInput({ name }: { readonly name: Signal<string> }): JSX.Element {
  return (
    <label>
      Name
      <input
        type="text"
        required
        pattern="[a-z0-9](-?[a-z0-9])*"
        maxLength={63}
        value={name.value}
        onInput={({ currentTarget }) => (name.value = currentTarget.value)}
      />
    </label>
  );
}

function JsonInput({
  label,
  text,
  isWrong,
}: {
  readonly label: string;
  readonly text: Signal<string>;
  readonly isWrong: boolean;
}): JSX.Element {
  return (
    <label>
      {label}
      <textarea
        rows={14}
        spellcheck={false}
        value={text.value}
        aria-invalid={isWrong}
        onInput={({ currentTarget }) => (text.value = currentTarget.value)}
      />
    </label>
  );
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
