import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { SetInstance } from '../api/shapes.ts';
import { domainCalled } from '../view/domain.ts';
import { idsIn, scopeOf, scopeOfDomain, toggled } from '../view/scope.ts';
import type { Scope } from '../view/scope.ts';

/** What actions are done to, as somebody chooses it on the map. */
export interface Acting {
  readonly scope: Signal<Scope>;
  /** Whether a click adds to the choice. */
  readonly isSeveral: Signal<boolean>;
}

/** How a map serves to choose what is acted on. */
export interface Picking {
  /** Ids of those that are chosen. */
  readonly ids: readonly string[];
  /** Whether a click on this one was taken as a choice, and shows nothing of it. */
  readonly take: (id: string) => boolean;
  readonly show: (id: string | undefined) => void;
  readonly takeDomain: (heading: string) => void;
}

/** The map's side of a choice; the same as long as the choice is. */
export function usePicking({ scope, isSeveral }: Acting, inSet: readonly SetInstance[]): Picking {
  return useMemo(
    () => ({
      ids: idsIn(scope.value),
      take(id) {
        if (isSeveral.value) scope.value = toggled(scope.value, id);
        return isSeveral.value;
      },
      show(id) {
        scope.value = scopeOf(id ?? '');
      },
      takeDomain(heading) {
        const domain = domainCalled(heading);
        if (domain !== undefined) scope.value = scopeOfDomain(domain, inSet);
      },
    }),
    [scope.value, inSet],
  );
}
