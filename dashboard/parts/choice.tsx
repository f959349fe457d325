import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** One of a few, all of them in sight. */
export function Choice({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly (readonly [string, string])[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}): JSX.Element {
  const group = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map(([key, text]) => (
        <label key={key} class={key === value ? 'chosen' : ''}>
          <input
            type="radio"
            name={group}
            value={key}
            checked={key === value}
            onChange={() => onChange(key)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
