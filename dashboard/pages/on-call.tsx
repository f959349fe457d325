import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { call } from '../../client/call.ts';
import { send } from '../api/client.ts';
import { scaleSetName } from '../api/paths.ts';
import type { Lease, Leases, Rollout } from '../api/shapes.ts';
import { useCaller, useDenial } from '../live/caller.ts';
import { useWatch } from '../live/use-watch.ts';
import { AskDialog } from '../parts/ask-dialog.tsx';
import { FreezeState } from '../parts/freeze.tsx';
import { lazy } from '../parts/lazy.tsx';
import { Copy } from '../parts/json.tsx';
import { Offered } from '../parts/offered.tsx';
import { RolloutLines } from '../parts/rollout-lines.tsx';
import { Time } from '../parts/time.tsx';
import { Shown } from '../parts/trouble.tsx';
import { guardsLeft, onCallOf, stuckLeases } from '../view/on-call.ts';
import { links } from '../view/place.ts';
import { hasEnded } from '../view/status.ts';

const WaitingCampaigns = lazy(
  async () => (await import('../parts/waiting-campaigns.tsx')).WaitingCampaigns,
  null,
);
const DeadLetters = lazy(async () => (await import('../parts/dead-letters.tsx')).DeadLetters);
const Audit = lazy(async () => (await import('../parts/audit.tsx')).Audit);

/** Everything that waits for somebody, on one page. */
export function OnCallPage(): JSX.Element {
  const rollouts = useWatch(call('getRollouts', { query: { top: 100 } }), ({ value }) =>
    value.some((one) => !hasEnded(one)),
  );
  const leases = useWatch(call('getLeases', {}), ({ value }) => value.length > 0);
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>On call</h1>
        <a class="end" href={links.more('notices')}>
          Notices
        </a>
      </div>
      <FreezeState />
      <WaitingCampaigns />
      <Shown of={rollouts}>{({ value }) => <Waiting rollouts={value} />}</Shown>
      <Shown of={leases}>
        {(value) => (
          <>
            <Stuck leases={value} onChanged={() => leases.lookNow()} />
            <Guards leases={value} />
          </>
        )}
      </Shown>
      <LostNotices />
      <Audit />
    </>
  );
}

/** Notices that were given up, for whoever may send them again. */
function LostNotices(): JSX.Element | null {
  const caller = useCaller();
  const denial = useDenial('resendNotices');
  return caller === undefined || denial !== undefined ? null : <DeadLetters />;
}

function Waiting({ rollouts }: { readonly rollouts: readonly Rollout[] }): JSX.Element {
  const { people, held, queued, ended, going } = onCallOf(rollouts);
  return (
    <>
      <Section title="Waiting for a person" count={people.length} none="No rollout is waiting for anybody.">
        <RolloutLines rollouts={people} />
      </Section>
      {held.length > 0 && (
        <Section title="Held up" count={held.length} none="">
          <RolloutLines rollouts={held} />
        </Section>
      )}
      {queued.length > 0 && (
        <Section title="Waiting for their turn" count={queued.length} none="">
          <RolloutLines rollouts={queued} />
        </Section>
      )}
      <Section title="Ended badly" count={ended.length} none="No scale set was left in between.">
        <RolloutLines rollouts={ended} />
      </Section>
      <Section title="At work" count={going.length} none="No rollout is at work.">
        <RolloutLines rollouts={going} />
      </Section>
    </>
  );
}

function Section({
  title,
  count,
  none,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly none: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section aria-label={title} class={count === 0 ? 'calm' : ''}>
      <h2>
        {title} {count > 0 && <span class="pill old">{count}</span>}
      </h2>
      {count === 0 ? <p class="soft">{none}</p> : children}
    </section>
  );
}

function Stuck({
  leases,
  onChanged,
}: {
  readonly leases: Leases;
  readonly onChanged: () => void;
}): JSX.Element {
  const stuck = stuckLeases(leases);
  const asked = useSignal<Lease | undefined>(undefined);
  const lease = asked.value;
  return (
    <Section
      title="Stuck rollouts"
      count={stuck.length}
      none="Every rollout that holds a scale set is alive."
    >
      <ul class="lines">
        {stuck.map((one) => (
          <StuckLine key={one.id} lease={one} onAsk={() => (asked.value = one)} />
        ))}
      </ul>
      {lease !== undefined && (
        <TakeOverDialog lease={lease} onChanged={onChanged} onClose={() => (asked.value = undefined)} />
      )}
    </Section>
  );
}

function StuckLine({ lease, onAsk }: { readonly lease: Lease; readonly onAsk: () => void }): JSX.Element {
  const denial = useDenial('takeOver');
  return (
    <li class="bad">
      <a href={links.rollout(lease.rolloutId)}>
        <span class="set">{scaleSetName(lease.scaleSet)}</span>
        <strong>{lease.message}</strong>
      </a>
      <span class="soft">
        held since <Time at={lease.since} />
      </span>
      {lease.canTakeOver && (
        <Offered label="Take the scale set over…" class="small" denial={denial} onAsk={onAsk} />
      )}
    </li>
  );
}

function TakeOverDialog({
  lease,
  onChanged,
  onClose,
}: {
  readonly lease: Lease;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <AskDialog
      title={`Take ${scaleSetName(lease.scaleSet)} over?`}
      label="Take over"
      act={async (reason) => {
        await send(call('takeLeaseOver', { path: { id: lease.id }, body: reason === '' ? {} : { reason } }));
        onChanged();
      }}
      onClose={onClose}
    >
      <p>
        {lease.message}. A rollout that has ended releases the scale set; one whose workflow was lost is
        restarted where it stopped.
      </p>
    </AskDialog>
  );
}

function Guards({ leases }: { readonly leases: Leases }): JSX.Element {
  const guards = guardsLeft(leases);
  return (
    <Section
      title="Guards left behind"
      count={guards.length}
      none="Every guard that was held has been restored."
    >
      <ul class="lines">
        {guards.map(({ guard, was, remedy, scaleSet, rolloutId }) => (
          <li key={`${rolloutId} ${guard}`} class="wait">
            <a href={links.rollout(rolloutId)}>
              <span class="set">{scaleSetName(scaleSet)}</span>
              <strong>
                {guard}
                {was !== undefined && ` was ${was}`}
              </strong>
            </a>
            {remedy !== undefined && (
              <span class="remedy">
                <code>{remedy}</code> <Copy text={remedy} what="command" />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
