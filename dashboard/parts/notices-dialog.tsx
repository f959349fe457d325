import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { NoticesBody, NoticesView } from '../../client/types.ts';
import { newKey, send } from '../api/client.ts';
import { JsonDialog } from './json-dialog.tsx';

/** Writes who is told over the version that stands; the app says what is wrong in it. */
export function SetNoticesDialog({
  view: { settings, versions },
  onDone,
  onClose,
}: {
  readonly view: NoticesView;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const etag = `"notices-${versions.at(-1)?.number ?? 0}"`;
  return (
    <JsonDialog
      title="Change who is told"
      label="Set the notices"
      of="Hosts, targets and routes"
      first={settings}
      isNew={false}
      act={async ({ value, reason }) => {
        const body = { settings: value, ...(reason !== '' && { reason }) } as NoticesBody;
        await send(call('setNotices', { body }), newKey(), etag);
        onDone();
      }}
      onClose={onClose}
    />
  );
}
