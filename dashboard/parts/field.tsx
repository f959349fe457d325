import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

/** A field of a form with its name, what it means, and what the app says is wrong with it. */
export function Field({
  name,
  path,
  hint,
  problems,
  problem = problems.get(path),
  children,
}: {
  readonly name: string;
  /** Where it stands in the spec. */
  readonly path: string;
  readonly hint?: string | undefined;
  /** What the app says is wrong, by path. */
  readonly problems: ReadonlyMap<string, string>;
  /** What is wrong with what was typed, where it did not get to the app. */
  readonly problem?: string | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <label class="field" data-path={path}>
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
export function TextInput({ value, onValue, placeholder, isLong = false }: InputProps): JSX.Element {
  const [typed, setTyped] = useState<string>();
  const input = {
    value: typed ?? value,
    placeholder,
    onInput: ({ currentTarget }: Typing) => setTyped(currentTarget.value),
    onChange: ({ currentTarget }: Typing) => {
      setTyped(undefined);
      onValue(currentTarget.value);
    },
  };
  return isLong ? (
    <textarea class="id" rows={3} spellcheck={false} {...input} />
  ) : (
    <input type="text" {...input} />
  );
}

interface Typing {
  readonly currentTarget: { readonly value: string };
}

interface InputProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly placeholder?: string;
  /** Of several lines. */
  readonly isLong?: boolean;
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
