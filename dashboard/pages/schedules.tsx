import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { Schedules } from '../../client/types.ts';
import { useWatch } from '../live/use-watch.ts';
import { scheduleLink, SetScheduleDialog } from '../parts/schedule-dialogs.tsx';
import { NextLook, ScheduleDetails } from '../parts/schedule.tsx';
import { Time } from '../parts/time.tsx';
import { Shown } from '../parts/trouble.tsx';
import { links } from '../view/place.ts';

/** Every schedule, or one of them. */
export function SchedulesPage({ name }: { readonly name: string | undefined }): JSX.Element {
  return name === undefined ? <AllSchedules /> : <ScheduleDetails name={name} />;
}

/** All of them, and when each looks next. */
function AllSchedules(): JSX.Element {
  const watched = useWatch(call('getSchedules', {}));
  const isAsked = useSignal(false);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>Schedules</h1>
        <a class="end" href={links.more('strategies')}>
          Named strategies
        </a>
      </div>
      <Shown of={watched}>
        {({ value, may }) => (
          <>
            {value.length === 0 && (
              <p class="blank soft">No schedule keeps scale sets on the right version of their image.</p>
            )}
            <ul class="lines">
              {value.map((one) => (
                <ScheduleLine key={one.name} schedule={one} />
              ))}
            </ul>
            {may.includes('set') && (
              <button type="button" onClick={() => (isAsked.value = true)}>
                New schedule…
              </button>
            )}
          </>
        )}
      </Shown>
      {isAsked.value && (
        <SetScheduleDialog onDone={() => watched.lookNow()} onClose={() => (isAsked.value = false)} />
      )}
    </>
  );
}

function ScheduleLine({ schedule: one }: { readonly schedule: Schedules['value'][number] }): JSX.Element {
  return (
    <li class={one.schedule.enabled ? 'ok' : 'off'}>
      <a href={scheduleLink(one.name)}>
        <span class="set">{one.name}</span>
        <strong>{one.schedule.enabled ? <NextLook at={one.looksNext} /> : 'switched off'}</strong>
      </a>
      <span class="soft">
        version {one.number} by {one.by}, <Time at={one.at} />
        {one.reason !== undefined && `: ${one.reason}`}
      </span>
    </li>
  );
}
