import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { useWatch } from '../live/use-watch.ts';
import { capital } from '../view/text.ts';

/** What a link in a request for an approval leads to, or why nowhere. It only tells: people approve by the buttons. */
export function GateLink({ id, token }: { readonly id: string; readonly token: string }): JSX.Element | null {
  const link = useWatch(call('getGateLink', { path: { id, token } }), ({ open }) => open);
  const says = link.value.value?.message ?? link.trouble.value?.message;
  if (says === undefined) return null;
  return (
    <p class="soft" role="status">
      {capital(says)}.
    </p>
  );
}
