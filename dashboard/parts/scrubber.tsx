import type { JSX } from 'preact';
import type { RolloutEvent } from '../api/shapes.ts';
import { now } from '../live/now.ts';
import { capital } from '../view/text.ts';
import { clock } from '../view/time.ts';

/** Leads through the events: the heat map above shows how it stood after each. */
export function Scrubber({
  events,
  at,
  onAt,
}: {
  readonly events: readonly RolloutEvent[];
  /** The event that is looked back to; none while it is now. */
  readonly at: RolloutEvent | undefined;
  readonly onAt: (event: RolloutEvent | undefined) => void;
}): JSX.Element | null {
  const [first] = events;
  const last = events.length - 1;
  if (first === undefined || last < 1) return null;
  const index = at === undefined ? last : events.indexOf(at);
  const text = at === undefined ? 'now' : `${clock(at.time, now.value)} ${capital(at.message)}`;
  return (
    <div class="scrubber">
      <span class="soft">{clock(first.time, now.value)}</span>
      <input
        type="range"
        min={0}
        max={last}
        value={index}
        aria-label="Look back"
        aria-valuetext={text}
        onInput={({ currentTarget }) => {
          const chosen = Number(currentTarget.value);
          onAt(chosen >= last ? undefined : events[chosen]);
        }}
      />
      <button type="button" class="small" disabled={at === undefined} onClick={() => onAt(undefined)}>
        Now
      </button>
      <p class="soft">{at === undefined ? 'Drag to look back.' : text}</p>
    </div>
  );
}
