import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

/** A field of a form with its name, what it means, and what the app says is wrong with it. */
export function Field({
  name,
  hint,
  problem,
  children,
}: {
  readonly name: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <label class="field">
      <span>{name}</span>
      {children}
      {hint !== undefined && <small class="soft">{hint}</small>}
      {problem !== undefined && (
        <small class="problem" role="alert">
          {problem}
        </small>
      )}
    </label>
  );
}

/**
 * A field of one line. It is read when somebody leaves it or presses Enter, so that half a word is no value; until then
 * it keeps what is typed, however often it is drawn anew.
 */
export function TextInput({
  value,
  onValue,
  placeholder,
}: {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly placeholder?: string;
}): JSX.Element {
  const [typed, setTyped] = useState<string>();
  return (
    <input
      type="text"
      value={typed ?? value}
      placeholder={placeholder}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      onChange={({ currentTarget }) => {
        setTyped(undefined);
        onValue(currentTarget.value);
      }}
    />
  );
}

export function Select({
  value,
  options,
  onValue,
}: {
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onValue: (value: string) => void;
}): JSX.Element {
  return (
    <select value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}
