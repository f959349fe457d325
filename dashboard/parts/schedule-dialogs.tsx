import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { ScheduleBody } from '../../client/types.ts';
import { newKey, send } from '../api/client.ts';
import { go } from '../live/here.ts';
import { links } from '../view/place.ts';
import { AskDialog } from './ask-dialog.tsx';

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
  const name = useSignal(stands?.name ?? '');
  const text = useSignal(JSON.stringify(stands?.schedule ?? EXAMPLE, undefined, 2));
  const schedule = objectIn(text.value);
  const act = async (reason: string): Promise<void> => {
    const body = { schedule, ...(reason !== '' && { reason }) } as ScheduleBody;
    const asked = call('setSchedule', { path: { schedule: name.value }, body });
    await send(asked, newKey(), etagOf(stands));
    onDone();
    if (stands === undefined) go(scheduleLink(name.value));
  };
  return (
    <AskDialog
      title={stands === undefined ? 'New schedule' : `Change schedule ${stands.name}`}
      label="Set the schedule"
      isReady={schedule !== undefined && name.value !== ''}
      act={act}
      onClose={onClose}
    >
      {stands === undefined && <NameInput name={name} />}
      <ScheduleInput text={text} isWrong={schedule === undefined} />
      {schedule === undefined && <p class="problem">This is no JSON object yet.</p>}
    </AskDialog>
  );
}

function NameInput({ name }: { readonly name: Signal<string> }): JSX.Element {
  return (
    <label>
      Name
      <input
        type="text"
        required
        pattern="[a-z0-9](-?[a-z0-9])*"
        maxLength={63}
        value={name.value}
        onInput={({ currentTarget }) => (name.value = currentTarget.value)}
      />
    </label>
  );
}

function ScheduleInput({
  text,
  isWrong,
}: {
  readonly text: Signal<string>;
  readonly isWrong: boolean;
}): JSX.Element {
  return (
    <label>
      Schedule, as JSON
      <textarea
        rows={14}
        spellcheck={false}
        value={text.value}
        aria-invalid={isWrong}
        onInput={({ currentTarget }) => (text.value = currentTarget.value)}
      />
    </label>
  );
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
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
