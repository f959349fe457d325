import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { troubleOf } from '../live/watch.ts';
import type { Trouble } from '../live/watch.ts';

interface Props {
  readonly title: string;
  /** What the button says. */
  readonly label: string;
  readonly isDangerous?: boolean;
  readonly needsReason?: boolean;
  /** Does it; what it throws is shown, and the dialog stays. */
  readonly act: (reason: string) => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Says what is about to be done, takes a reason, and does it. */
export function AskDialog(props: Props): JSX.Element {
  const { title, label, isDangerous = false, needsReason = false, act, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const reason = useSignal('');
  const isSent = useSignal(false);
  const trouble = useSignal<Trouble | undefined>(undefined);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (): Promise<void> => {
    isSent.value = true;
    try {
      await act(reason.value.trim());
      onClose();
    } catch (error) {
      trouble.value = troubleOf(error, Date.now());
      isSent.value = false;
    }
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="asked">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id="asked">{title}</h2>
        {children}
        <label>
          Reason{needsReason ? '' : ', if you like'}
          <input
            type="text"
            maxLength={500}
            required={needsReason}
            value={reason.value}
            onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
          />
        </label>
        {trouble.value !== undefined && (
          <p class="stale" role="alert">
            {trouble.value.message} {trouble.value.remedy}
          </p>
        )}
        <div class="acts">
          <button type="submit" class={isDangerous ? 'main danger' : 'main'} disabled={isSent.value}>
            {label}
          </button>
          <button type="button" onClick={onClose}>
            Leave it
          </button>
        </div>
      </form>
    </dialog>
  );
}
