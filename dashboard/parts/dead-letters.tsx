import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { DeadLetters as Answer } from '../../client/types.ts';
import { send } from '../api/client.ts';
import { useWatch } from '../live/use-watch.ts';
import { links } from '../view/place.ts';
import { counted } from '../view/text.ts';
import { AskDialog } from './ask-dialog.tsx';
import { Time } from './time.tsx';
import { Shown } from './trouble.tsx';

type Letter = Answer['value'][number];

/** Notices that were given up, for whoever may send them again. */
export function DeadLetters(): JSX.Element {
  const watched = useWatch(call('getDeadLetters', { query: { top: 100 } }));
  const asked = useSignal<Letter | undefined>(undefined);
  return (
    <Shown of={watched}>
      {({ value, nextLink }) => (
        <section aria-label="Dead letters" class={value.length === 0 ? 'calm' : ''}>
          <h2>Dead letters {value.length > 0 && <span class="pill bad">{value.length}</span>}</h2>
          {value.length === 0 && (
            <p class="soft">Every notice has been delivered, or is still being tried.</p>
          )}
          <ul class="lines">
            {value.map((letter) => (
              <LetterLine key={letter.id} letter={letter} onAsk={() => (asked.value = letter)} />
            ))}
          </ul>
          {nextLink !== undefined && <p class="soft">There are more of them.</p>}
          {asked.value !== undefined && (
            <ResendDialog
              letter={asked.value}
              onDone={() => watched.lookNow()}
              onClose={() => (asked.value = undefined)}
            />
          )}
        </section>
      )}
    </Shown>
  );
}

function LetterLine({ letter, onAsk }: { readonly letter: Letter; readonly onAsk: () => void }): JSX.Element {
  const { target, kind, rollout, at, tries, last } = letter;
  return (
    <li class="bad">
      <span>
        <span class="set">{target}</span>
        <strong>{kind}</strong> of{' '}
        <a class="id" href={links.rollout(rollout)}>
          {rollout}
        </a>
      </span>
      <span class="soft">
        happened <Time at={at} />, given up after {counted(tries, 'try', 'tries')}
        {last !== undefined && (
          <>
            , the last one <Time at={last.at} />: <code>{last.code}</code>
          </>
        )}
      </span>
      <button type="button" class="small" onClick={onAsk}>
        Resend…
      </button>
    </li>
  );
}

function ResendDialog({
  letter: { id, kind, target },
  onDone,
  onClose,
}: {
  readonly letter: Letter;
  readonly onDone: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <AskDialog
      title={`Send this notice to ${target} again?`}
      label="Resend"
      act={async (reason) => {
        const body = reason === '' ? {} : { reason };
        try {
          await send(call('resendNotice', { path: { id }, body }));
        } finally {
          onDone();
        }
      }}
      onClose={onClose}
    >
      <p>
        The notice of kind {kind} goes under the same id: whoever has had it drops it. It is tried as often as
        a new one.
      </p>
    </AskDialog>
  );
}
