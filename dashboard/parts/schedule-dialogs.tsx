import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { ScheduleBody } from '../../client/types.ts';
import { newKey, send } from '../api/client.ts';
import { go } from '../live/here.ts';
import { links } from '../view/place.ts';
import { AskDialog } from './ask-dialog.tsx';
import { JsonDialog } from './json-dialog.tsx';
import type { Written } from './json-dialog.tsx';

export function scheduleLink(name: string): string {
  return `${links.schedules}/${encodeURIComponent(name)}`;
}

interface Asked {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A schedule as it stands, and the number of its version. */
export interface Stands {
  readonly name: string;
  readonly number: number;
  readonly schedule: object;
}

const EXAMPLE = { channel: 'newest', leastAgeHours: 48, concurrency: 2 };

/** Writes a schedule, a new one or over the version that stands; the app says what is wrong in it. */
export function SetScheduleDialog({
  stands,
  onDone,
  onClose,
}: Asked & { readonly stands?: Stands }): JSX.Element {
  const isNew = stands === undefined;
  const act = async ({ name, value, reason }: Written): Promise<void> => {
    const schedule = isNew ? name : stands.name;
    const body = { schedule: value, ...(reason !== '' && { reason }) } as ScheduleBody;
    await send(call('setSchedule', { path: { schedule }, body }), newKey(), etagOf(stands));
    onDone();
    if (isNew) go(scheduleLink(schedule));
  };
  return (
    <JsonDialog
      title={isNew ? 'New schedule' : `Change schedule ${stands.name}`}
      label="Set the schedule"
      of="Schedule"
      first={stands?.schedule ?? EXAMPLE}
      isNew={isNew}
      act={act}
      onClose={onClose}
    />
  );
}

function etagOf(stands: Stands | undefined): string {
  return `"schedule-${stands?.number ?? 0}"`;
}

export function DeleteScheduleDialog({ stands, onClose }: Asked & { readonly stands: Stands }): JSX.Element {
  const { name } = stands;
  return (
    <AskDialog
      title={`Delete schedule ${name}?`}
      label="Delete the schedule"
      isDangerous
      act={async () => {
        await send(call('deleteSchedule', { path: { schedule: name } }), newKey(), etagOf(stands));
        go(links.schedules);
      }}
      onClose={onClose}
    >
      <p>Rollouts that it has started go on. What has failed is remembered, should it be made again.</p>
    </AskDialog>
  );
}

export function RunScheduleDialog({ name, onDone, onClose }: Asked & { readonly name: string }): JSX.Element {
  return (
    <AskDialog
      title={`Let schedule ${name} look now?`}
      label="Look now"
      act={async () => {
        await send(call('runSchedule', { path: { schedule: name } }));
        onDone();
      }}
      onClose={onClose}
    >
      <p>It starts what the table says that it would. Outside its windows it starts nothing.</p>
    </AskDialog>
  );
}

export function ReleaseDialog({
  name,
  version,
  onDone,
  onClose,
}: Asked & { readonly name: string; readonly version: string }): JSX.Element {
  return (
    <AskDialog
      title={`Let ${version} be tried again?`}
      label="Release the version"
      needsReason
      act={async (reason) => {
        const body = { version, reason };
        await send(call('releaseVersion', { path: { schedule: name }, body }));
        onDone();
      }}
      onClose={onClose}
    >
      <p>Scale sets on which it has failed take it once more, and those that have waited for that.</p>
    </AskDialog>
  );
}
