import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { RolloutEvent } from '../api/shapes.ts';
import { capital } from '../view/text.ts';
import { clock, exact } from '../view/time.ts';
import { still } from './still.tsx';
import { useTimely } from './time.tsx';

/** What is shown of an event, of a rollout or of a campaign. */
type Shown = Pick<RolloutEvent, 'sequence' | 'time' | 'message' | 'requestId'>;

/** What happened, the latest first. */
export function Events({
  events: { value: events },
}: {
  readonly events: ReadonlySignal<readonly Shown[]>;
}): JSX.Element {
  return (
    <section aria-label="What happened">
      <h2>What happened</h2>
      {events.length === 0 && <p class="soft">Nothing yet.</p>}
      <ol class="events" reversed>
        {events.toReversed().map((event) => (
          <EventLine key={event.sequence} event={event} />
        ))}
      </ol>
    </section>
  );
}

interface LineProps {
  readonly event: Shown;
}

/** An event is never changed. */
const EventLine = still<LineProps>(
  ({ event }, next) => event.sequence === next.event.sequence,
  ({ event: { time, message, requestId } }) => (
    <li>
      <Clock at={time} />
      <span>
        {capital(message)}
        {requestId !== undefined && <span class="soft id request"> request {requestId}</span>}
      </span>
    </li>
  ),
);

function Clock({ at }: { readonly at: string }): JSX.Element {
  const text = useTimely((instant) => clock(at, instant), [at]);
  return (
    <time dateTime={at} title={exact(at)}>
      {text}
    </time>
  );
}
