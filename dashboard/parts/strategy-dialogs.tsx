import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { StrategyBody } from '../../client/types.ts';
import { newKey, send } from '../api/client.ts';
import { go } from '../live/here.ts';
import { links } from '../view/place.ts';
import { AskDialog } from './ask-dialog.tsx';
import { JsonDialog } from './json-dialog.tsx';
import type { Written } from './json-dialog.tsx';

interface Asked {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A strategy as it stands, and the number of its version. */
interface Stands {
  readonly name: string;
  readonly number: number;
  readonly strategy: object;
}

const EXAMPLE = {
  strategy: { batchBy: 'updateDomain', canary: 1, maxUnavailable: '20%' },
  health: { stableSeconds: 60 },
  soakSeconds: 300,
  approvals: { before: 'rollout' },
  onFailure: 'rollback',
};

/** Writes a strategy, a new one or over the version that stands; the app says what is wrong in it. */
export function SetStrategyDialog({
  stands,
  onDone,
  onClose,
}: Asked & { readonly stands?: Stands }): JSX.Element {
  const isNew = stands === undefined;
  const act = async ({ name, value, reason }: Written): Promise<void> => {
    const strategy = isNew ? name : stands.name;
    const body = { strategy: value, ...(reason !== '' && { reason }) } as StrategyBody;
    await send(call('setStrategy', { path: { strategy }, body }), newKey(), etagOf(stands));
    onDone();
    if (isNew) go(links.more('strategies', strategy));
  };
  return (
    <JsonDialog
      title={isNew ? 'New strategy' : `Change strategy ${stands.name}`}
      label="Set the strategy"
      of="Strategy"
      first={stands?.strategy ?? EXAMPLE}
      isNew={isNew}
      act={act}
      onClose={onClose}
    />
  );
}

export function DeleteStrategyDialog({
  stands,
  onClose,
}: Omit<Asked, 'onDone'> & { readonly stands: Stands }): JSX.Element {
  const { name } = stands;
  return (
    <AskDialog
      title={`Delete strategy ${name}?`}
      label="Delete the strategy"
      isDangerous
      act={async () => {
        await send(call('deleteStrategy', { path: { strategy: name } }), newKey(), etagOf(stands));
        go(links.more('strategies'));
      }}
      onClose={onClose}
    >
      <p>
        Rollouts that began with it go on by the version that they began with. Specs and schedules that name
        it without a version are refused from now on.
      </p>
    </AskDialog>
  );
}

function etagOf(stands: Stands | undefined): string {
  return `"strategy-${stands?.number ?? 0}"`;
}
