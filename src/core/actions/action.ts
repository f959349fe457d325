import type { DiskWork } from '../instance/disks.ts';
import type { Instance } from '../instance/instances.ts';
import type { ChangeClass } from '../model/change-class.ts';
import type { Model } from '../model/model.ts';
import type { Undertaking, Work } from './work.ts';

/** What an instance is to show once an action was done to it. */
export interface Wanted {
  /** Exact image; absent where the change is none of the image. */
  readonly image?: string | undefined;
  /** Milliseconds since the epoch: when it was asked for. */
  readonly since: number;
  /** For a write of data disks: what it was to do. */
  readonly disks?: DiskWork | undefined;
}

/** Something that can be done to an instance. `table.ts` has a line for each. */
export interface Action {
  /** Below the scale set's id, where the service takes it for many instances at once; absent: one instance a request. */
  readonly path?: string;
  /** What Azure's roles call it, where that is not its own name. */
  readonly right?: string;
  /** Whether an instance stops serving for it; `asItsChange`: as the change of the model does that it brings. */
  readonly takesDown: 'always' | 'never' | 'asItsChange';
  /** Whether an instance shows that it was done. */
  readonly shows: (instance: Instance, wanted: Wanted) => boolean;
  /**
   * Why that can be no view from before: it says so itself, since a power state or a younger time does; another image
   * says so; or only time does.
   */
  readonly proof: 'itself' | 'image' | 'time';
  /** Whether an instance may still be stopped when nothing of it shows yet. */
  readonly beginsStopped?: true;
  /** Whether the instance has a new OS disk afterwards, on which nothing is older than the disk. */
  readonly newDisk: 'always' | 'withImage' | 'never';
  /** What the service must be told beside whom it is for, given the model. */
  readonly options?: (model: Model) => Model;
  /** What becomes of it for an instance that holds no hardware; `wakes`: it would not be off any longer. */
  readonly whileOff: 'works' | 'needless' | 'cannot' | 'wakes';
  /** What undoes it: itself, once the model is the old one; its own inverse; or nothing but a person. */
  readonly undoneBy: 'itself' | 'inverse' | 'person';
  /** What `az vmss` calls it. */
  readonly byHand: string;
  /** How long it takes for one instance. */
  readonly work: (undertaking: Undertaking) => Work;
  /** What of an instance it works on, where each instance's row says what is done to which. */
  readonly worksOn?: 'disks';
  /** Only an instance that is well gets it: what comes before it must have settled. */
  readonly needsWell?: true;
  /** It may be asked for by `change.force`, and counts as so disruptive then. */
  readonly forced?: ChangeClass;
  /** It may be asked for by `change.action`, and counts as so disruptive then. */
  readonly asked?: ChangeClass;
  /** What it leaves where nothing follows: an instance that is off, none at all, or one as well as it was before. */
  readonly leaves?: 'off' | 'none' | 'asItWas';
}
