import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { DeadLetters as Answer } from '../../client/types.ts';
import { send } from '../api/client.ts';
import { useWatch } from '../live/use-watch.ts';
import { kindsText, triesText, undelivered } from '../view/letters.ts';
import type { Undelivered } from '../view/letters.ts';
import { links } from '../view/place.ts';
import { counted } from '../view/text.ts';
import { AskDialog } from './ask-dialog.tsx';
import { Time } from './time.tsx';
import { Shown } from './trouble.tsx';

/** Notices that were given up, for whoever may send them again. */
export function DeadLetters(): JSX.Element {
  const watched = useWatch(call('getDeadLetters', { query: { top: 100 } }));
  const asked = useSignal<Undelivered | undefined>(undefined);
  return (
    <Shown of={watched}>
      {({ value, underWay = [], nextLink }) => (
        <section aria-label="Dead letters" class={value.length + underWay.length === 0 ? 'calm' : ''}>
          <h2>Dead letters {value.length > 0 && <span class="pill bad">{value.length}</span>}</h2>
          {value.length === 0 && <p class="soft">No notice was given up.</p>}
          <UnderWay targets={underWay} />
          <ul class="lines">
            {undelivered(value).map((group) => (
              <GroupLine
                key={`${group.target} ${group.rollout}`}
                group={group}
                onAsk={() => (asked.value = group)}
              />
            ))}
          </ul>
          {nextLink !== undefined && <p class="soft">There are more of them.</p>}
          {asked.value !== undefined && (
            <ResendDialog
              group={asked.value}
              onDone={() => watched.lookNow()}
              onClose={() => (asked.value = undefined)}
            />
          )}
        </section>
      )}
    </Shown>
  );
}

/** What is still tried, and how it went so far. */
function UnderWay({ targets }: { readonly targets: NonNullable<Answer['underWay']> }): JSX.Element | null {
  if (targets.length === 0) return null;
  return (
    <ul class="lines">
      {targets.map(({ target, count, tries, nextAt, code }) => (
        <li key={target} class={tries === 0 ? 'work' : 'wait'}>
          <span>
            <span class="set">{target}</span>
            {counted(count, 'notice')} under way
          </span>
          {tries > 0 && (
            <span class="soft">
              tried {counted(tries, 'time')} in vain{code !== undefined && `, ${code}`}; again{' '}
              <Time at={nextAt} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function GroupLine({
  group: { target, rollout, letters },
  onAsk,
}: {
  readonly group: Undelivered;
  readonly onAsk: () => void;
}): JSX.Element {
  const last = letters.at(-1);
  return (
    <li class="bad sided">
      <span>
        <span class="set">{target}</span>
        <strong>{kindsText(letters)}</strong> of{' '}
        <a
          class="id"
          href={rollout.startsWith('c-') ? links.more('campaigns', rollout) : links.rollout(rollout)}
        >
          {rollout}
        </a>
      </span>
      <span class="soft">
        {last !== undefined && (
          <>
            <Time at={last.at} />, given up{' '}
          </>
        )}
        {triesText(letters)}
      </span>
      <button type="button" class="small" onClick={onAsk}>
        Resend…
      </button>
    </li>
  );
}

function ResendDialog({
  group: { target, letters },
  onDone,
  onClose,
}: {
  readonly group: Undelivered;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const act = async (reason: string): Promise<void> => {
    const body = reason === '' ? {} : { reason };
    try {
      for (const { id } of letters) await send(call('resendNotice', { path: { id }, body }));
    } finally {
      onDone();
    }
  };
  return (
    <AskDialog
      title={`Send ${counted(letters.length, 'notice')} to ${target} again?`}
      label="Resend"
      act={act}
      onClose={onClose}
    >
      <p>
        {kindsText(letters)}: under the same ids, so whoever has had one drops it. Each is tried as often as a
        new one.
      </p>
    </AskDialog>
  );
}
