import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { call } from '../../client/call.ts';
import { newKey, send } from '../api/client.ts';
import type { Rollout } from '../api/shapes.ts';
import { useWatch } from '../live/use-watch.ts';
import type { Action } from '../view/actions.ts';
import { meaningOf } from '../view/meanings.ts';
import { counted } from '../view/text.ts';
import { duration } from '../view/time.ts';
import { AskDialog } from './ask-dialog.tsx';
import { Delta } from './delta.tsx';
import { Shown } from './trouble.tsx';

/** Asks before a command is sent to a rollout. */
export function CommandDialog({
  rollout,
  action,
  onClose,
  onDone,
}: {
  readonly rollout: Rollout;
  readonly action: Action;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  // One key for this dialog: pressing twice, or again after a lost answer, is one command.
  const key = useMemo(newKey, []);
  const { command, ...which } = action.next;
  const act = async (reason: string): Promise<void> => {
    const body = { ...which, ...(reason !== '' && { reason }) };
    try {
      await send(call(`${command}Rollout`, { path: { id: rollout.id }, body }), key);
    } finally {
      onDone();
    }
  };
  return (
    <AskDialog
      title={`${action.label}?`}
      label={action.label}
      isDangerous={action.isDangerous}
      act={act}
      onClose={onClose}
    >
      <p>{meaningOf(action.next, rollout)}</p>
      {command === 'rollback' && <RollbackPlan rollout={rollout} />}
    </AskDialog>
  );
}

/** What a rollback would do now, and what it costs. */
function RollbackPlan({ rollout }: { readonly rollout: Rollout }): JSX.Element {
  const watched = useWatch(call('getRollbackPlan', { path: { id: rollout.id } }));
  return (
    <Shown of={watched}>
      {(plan) => (
        <>
          <p>
            {counted(plan.batches.flatMap(({ instances }) => instances).length, 'instance')} in{' '}
            {counted(plan.batches.length, 'batch', 'batches')}, never fewer than {plan.floor} serving
            {plan.expected !== undefined && `, about ${duration(plan.expected.seconds)}`}.
          </p>
          <Delta plan={plan} title="What the rollback changes" />
        </>
      )}
    </Shown>
  );
}
