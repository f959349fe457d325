import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { useWatch } from '../live/use-watch.ts';
import { capital } from '../view/text.ts';
import { Delta } from './delta.tsx';
import { Copy } from './json.tsx';
import { Shown } from './trouble.tsx';

/** A rollout's explanation: where it stands, what may be asked of it, and what undoes it by hand. */
export function Explained({ id }: { readonly id: string }): JSX.Element {
  const watched = useWatch(call('explainRollout', { path: { id } }));
  return (
    <Shown of={watched}>
      {({ standing, undo, rollback, possible }) => (
        <div class="explained">
          <p>{capital(standing)}.</p>
          {possible.length > 0 && <Commands title="Possible now, on the command line" commands={possible} />}
          {undo.commands.length > 0 && (
            <Commands title="Undo it by hand, in this order" commands={undo.commands} />
          )}
          {undo.guards.length > 0 && <Commands title="Restore the guards" commands={undo.guards} />}
          {rollback !== null && <Delta plan={rollback} title="What a rollback would do" />}
        </div>
      )}
    </Shown>
  );
}

function Commands({
  title,
  commands,
}: {
  readonly title: string;
  readonly commands: readonly string[];
}): JSX.Element {
  const text = commands.join('\n');
  return (
    <div class="copied">
      <h2>{title}</h2>
      <pre tabIndex={0}>{text}</pre>
      <Copy text={text} what="all" />
    </div>
  );
}
