import type { JSX } from 'preact';
import type { RolloutEvent } from '../api/shapes.ts';
import { now } from '../live/now.ts';
import { capital } from '../view/text.ts';
import { clock, exact } from '../view/time.ts';

/** What happened, the latest first. */
export function Events({ events }: { readonly events: readonly RolloutEvent[] }): JSX.Element {
  return (
    <section aria-label="What happened">
      <h2>What happened</h2>
      {events.length === 0 && <p class="soft">Nothing yet.</p>}
      <ol class="events" reversed>
        {[...events].reverse().map((event) => (
          <EventLine key={event.sequence} event={event} />
        ))}
      </ol>
    </section>
  );
}

function EventLine({ event }: { readonly event: RolloutEvent }): JSX.Element {
  const { time, message, requestId } = event;
  return (
    <li>
      <time dateTime={time} title={exact(time)}>
        {clock(time, now.value)}
      </time>
      <span>
        {capital(message)}
        {requestId !== undefined && <span class="soft id request"> request {requestId}</span>}
      </span>
    </li>
  );
}
