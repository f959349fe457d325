import { useSignal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect } from 'preact/hooks';

/** A page whose code is fetched when it is first shown, so that no page pays for another. */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: JSX.Element | null = <p class="blank soft">Loading…</p>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props): JSX.Element | null {
    const shown = useSignal(loaded);
    const hasFailed = useSignal(false);
    const fetchIt = async (): Promise<void> => {
      try {
        loaded = await load();
        shown.value = loaded;
      } catch {
        hasFailed.value = true;
      }
    };
    useEffect(() => {
      if (loaded !== undefined) return;
      void fetchIt();
    }, []);
    if (hasFailed.value) return <Failed />;
    const Shown = shown.value;
    return Shown === undefined ? meanwhile : <Shown {...props} />;
  };
}

/** The app is gone, or a newer one has other files. */
function Failed(): JSX.Element {
  return (
    <p class="blank" role="alert">
      A part of this page could not be fetched. Load the page again.
    </p>
  );
}
