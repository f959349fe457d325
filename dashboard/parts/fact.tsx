import type { ComponentChildren, JSX } from 'preact';

/** One of the facts below a status: its name, its value, and what else there is to say. */
export function Fact({
  name,
  value,
  note = '',
  isId = false,
}: {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly isId?: boolean;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={isId ? 'id' : ''}>{value}</dd>
      {note && <dd class="soft">{note}</dd>}
    </div>
  );
}
