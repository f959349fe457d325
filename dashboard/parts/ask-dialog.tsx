import { useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { troubleOf } from '../live/watch.ts';
import type { Trouble } from '../live/watch.ts';
import { sentence } from '../view/text.ts';

interface Props {
  readonly title: string;
  /** What the button says. */
  readonly label: string;
  readonly isDangerous?: boolean;
  readonly needsReason?: boolean;
  /** Whether it may be done yet. */
  readonly isReady?: boolean;
  /** Does it; what it throws is shown, and the dialog stays. */
  readonly act: (reason: string) => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Says what is about to be done, takes a reason, and does it. */
export function AskDialog(props: Props): JSX.Element {
  const { title, label, isDangerous = false, needsReason = false, isReady = true } = props;
  const { onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const reason = useSignal('');
  const { submit, isSent, trouble } = useSubmit(props);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="asked">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit(reason.value.trim());
        }}
      >
        <h2 id="asked">{title}</h2>
        {children}
        <ReasonInput
          isRequired={needsReason}
          value={reason.value}
          onValue={(value) => (reason.value = value)}
        />
        <TroubleLine trouble={trouble.value} />
        <div class="acts">
          <button
            type="submit"
            class={isDangerous ? 'main danger' : 'main'}
            disabled={isSent.value || !isReady}
          >
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

function TroubleLine({ trouble }: { readonly trouble: Trouble | undefined }): JSX.Element | null {
  if (trouble === undefined) return null;
  return (
    <p class="stale" role="alert">
      {sentence(trouble.message)} {trouble.remedy !== undefined && sentence(trouble.remedy)}
    </p>
  );
}

interface Submission {
  readonly submit: (reason: string) => Promise<void>;
  readonly isSent: ReadonlySignal<boolean>;
  readonly trouble: ReadonlySignal<Trouble | undefined>;
}

/** Closes the dialog once it is done. */
function useSubmit({ act, onClose }: Props): Submission {
  const isSent = useSignal(false);
  const trouble = useSignal<Trouble | undefined>(undefined);
  const submit = async (reason: string): Promise<void> => {
    isSent.value = true;
    try {
      await act(reason);
      onClose();
    } catch (error) {
      trouble.value = troubleOf(error, Date.now());
      isSent.value = false;
    }
  };
  return { submit, isSent, trouble };
}

function ReasonInput({
  isRequired,
  value,
  onValue,
}: {
  readonly isRequired: boolean;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  return (
    <label>
      Reason{isRequired ? '' : ', if you like'}
      <input
        type="text"
        maxLength={500}
        required={isRequired}
        value={value}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </label>
  );
}
