import type { ReadonlySignal, Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { RolloutEvent, RolloutInstance } from '../api/shapes.ts';
import { now } from '../live/now.ts';
import { instancesAt } from '../view/replay.ts';
import type { PastInstance } from '../view/replay.ts';
import { capital } from '../view/text.ts';
import { clock } from '../view/time.ts';

/** The instances of a rollout as they stood after an event. */
export interface Past {
  readonly event: RolloutEvent;
  readonly instances: readonly PastInstance[];
}

interface Props {
  readonly events: ReadonlySignal<readonly RolloutEvent[]>;
  readonly inRollout: ReadonlySignal<readonly RolloutInstance[]>;
  /** What is looked back to; nothing while it is now. */
  readonly past: Signal<Past | undefined>;
}

/** Leads through the events: the heat map above shows how it stood after each. */
export function LookBack({ events: { value: events }, inRollout, past }: Props): JSX.Element | null {
  const [first] = events;
  const last = events.length - 1;
  if (first === undefined || last < 1) return null;
  const at = past.value?.event;
  const index = at === undefined ? last : events.findIndex(({ sequence }) => sequence === at.sequence);
  const look = (chosen: number): void => {
    const event = chosen < last ? events[chosen] : undefined;
    past.value = event && { event, instances: instancesAt(inRollout.value, events, event.sequence) };
  };
  const text = at === undefined ? 'now' : `${clockOf(at)} ${capital(at.message)}`;
  return (
    <div class="scrubber">
      <span class="soft">{clockOf(first)}</span>
      <input
        type="range"
        min={0}
        max={last}
        value={index}
        aria-label="Look back"
        aria-valuetext={text}
        onInput={({ currentTarget }) => look(Number(currentTarget.value))}
      />
      <button type="button" class="small" disabled={at === undefined} onClick={() => look(last)}>
        Now
      </button>
      <p class="soft">{at === undefined ? 'Drag to look back.' : text}</p>
    </div>
  );
}

/** Days pass while nobody moves it, and nobody minds. */
function clockOf({ time }: RolloutEvent): string {
  return clock(time, now.peek());
}
