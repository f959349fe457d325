import type { GroupAction } from '../core/actions/table.ts';
import type { DiskWork } from '../core/instance/disks.ts';
import type { Instance } from '../core/instance/instances.ts';
import type { GalleryVersion } from '../core/model/gallery.ts';
import type { Model } from '../core/model/model.ts';
import type { RollingUpgrade } from '../core/model/rolling-upgrade.ts';

/** A scale set's resource id, split. */
export interface ScaleSetAddress {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The scale set as ARM shows it. */
export interface ScaleSet {
  /** The resource body in ARM's own shape (with `properties`), whole, also what the SDK does not know. */
  readonly model: Model;
  readonly etag: string;
}

/** One scale set of a list, where the service need not send an ETag. */
export interface ListedScaleSet {
  readonly address: ScaleSetAddress;
  readonly model: Model;
}

/** An instance as it is read here, and the resource with its instance view as ARM sent it. */
export interface InstanceResource {
  readonly instance: Instance;
  readonly resource: Model;
}

/** An instance as it is read to be written. */
export interface InstanceRead {
  readonly resource: Model;
  readonly etag: string;
  /** Protected from actions of the scale set. */
  readonly isProtected: boolean;
  readonly vmId?: string;
}

/**
 * How a read ended. `missing` is ARM's 404, `denied` its 401 and 403; `unreachable` covers 5xx, time-outs and broken
 * connections.
 */
export type Read<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'missing'; readonly code: string; readonly message: string }
  /** `isForecast`: nothing was asked for, since the service would not have granted all of it; the time is of all of it. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number; readonly isForecast?: true }
  | { readonly kind: 'denied'; readonly code: string; readonly message: string }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string; readonly retryAfterSeconds?: number };

/**
 * How a write's acceptance ended. Nothing is ever sent twice by the adapter.
 *
 * `unknown` means that the service may or may not have accepted it (time-out, 5xx, reset): read back before any retry.
 */
export type Write =
  | {
      readonly kind: 'accepted';
      /** Opaque and signed: never logged, never in history. Absent when the service answered without one. */
      readonly pollUrl?: string;
      readonly retryAfterSeconds?: number;
      readonly requestId?: string;
      /** The version of the resource that this write has made, where the answer names it. */
      readonly etag?: string;
      /** The scale set as this write has made it, where the answer shows it. */
      readonly model?: Model;
    }
  /** `strange`: nobody here knows the code, and whether it passes; `missing`: what is written to was not found. */
  | (Heard & {
      readonly kind: 'conflict';
      readonly code: string;
      readonly message: string;
      readonly because?: 'strange' | 'missing';
    })
  | (Heard & { readonly kind: 'modelMoved'; readonly message: string })
  | (Heard & { readonly kind: 'throttled'; readonly retryAfterSeconds: number })
  /** Rights are missing, or the token has expired: nothing was done, and the same may be taken later. */
  | (Heard & { readonly kind: 'denied'; readonly code: string; readonly message: string })
  | (Heard & {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly message: string;
    })
  | (Heard & { readonly kind: 'unknown'; readonly message: string; readonly retryAfterSeconds?: number })
  /** Nothing left the app: the last look was too old by then. */
  | { readonly kind: 'notSent'; readonly message: string };

/** What the answer to a write that was not accepted said of itself; nothing where there was no answer. */
export interface Heard {
  /** HTTP's own status. */
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
}

/** Leave to send one write, given by the last look at whatever may forbid it. */
export interface Pass {
  /** When that look was begun, milliseconds since the epoch. */
  readonly lookedAt: number;
}

/** A long-running operation at one look. */
export type OperationState =
  /** `word`: how the service calls its state, where nobody here knows what that means. */
  | { readonly kind: 'running'; readonly retryAfterSeconds?: number; readonly word?: string }
  /** `ranSeconds`: how long it ran, by the service's own clock. */
  | { readonly kind: 'succeeded'; readonly ranSeconds?: number }
  | { readonly kind: 'canceled' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** Reads for people who look; no rollout needs them. One call sends one request, a list one a page. */
export interface Overview {
  /** Ids of the subscriptions that the app may see. */
  subscriptions(): Promise<Read<readonly string[]>>;
  scaleSets(subscriptionId: string): Promise<Read<readonly ListedScaleSet[]>>;
  /** The scale set's own instance view: how many instances show which status. */
  scaleSetView(address: ScaleSetAddress): Promise<Read<Model>>;
}

/** What changes anything in Azure. One call sends one request, once. */
export interface ComputeWrites {
  /** PATCHes only what `delta` (ARM's shape) holds; `modelMoved` when the ETag has moved. */
  patchModel(address: ScaleSetAddress, delta: Model, etag: string): Promise<Write>;
  /** PATCHes one extension through its own resource, which has no ETag: read the model before and after. */
  patchExtension(address: ScaleSetAddress, name: string, properties: Model): Promise<Write>;
  /** Does something to these instances; `upgrade` brings them to the current model. At most 100 ids. `options` go along. */
  act(
    address: ScaleSetAddress,
    action: GroupAction,
    instanceIds: readonly string[],
    options?: Model,
  ): Promise<Write>;
  /** Protects one instance from scale-in and from actions of the scale set; all else stays as it was read. */
  protectInstance(
    address: ScaleSetAddress,
    instanceId: string,
    resource: Model,
    etag: string,
  ): Promise<Write>;
  /** Attaches managed disks to one instance, and detaches others from it, while it runs. */
  changeDisks(address: ScaleSetAddress, instanceId: string, work: DiskWork): Promise<Write>;
  /** Suspends or resumes automatic repairs of the whole set. */
  setRepairs(address: ScaleSetAddress, action: 'Suspend' | 'Resume'): Promise<Write>;
}

/** The Compute service, as far as a rollout needs it. One call sends one request, a list one a page. */
/** What the service would still answer, and when it said so, in milliseconds since the epoch. */
export interface Allowance {
  readonly left: number;
  readonly at: number;
}

export interface Compute extends Overview {
  /** The writes, for as long as the pass holds: that is asked last thing before a request leaves, the token in hand. */
  writing(pass: Pass): ComputeWrites;
  scaleSet(address: ScaleSetAddress): Promise<Read<ScaleSet>>;
  /** Seconds until the service grants so many pages of this set's instances, by what it last said itself. */
  secondsUntilPages(address: ScaleSetAddress, pages: number): number;
  /** How many instances may be asked for by themselves just now, so that enough is left to others. */
  instancesGranted(address: ScaleSetAddress): number;
  /** What the service would still answer of pages of all sets of a subscription together. */
  listsLeft(subscriptionId: string): Allowance | undefined;
  /** Every instance with its instance view. */
  instances(address: ScaleSetAddress): Promise<Read<readonly Instance[]>>;
  /** One instance with its instance view. */
  instance(address: ScaleSetAddress, instanceId: string): Promise<Read<Instance>>;
  /** The same list, each instance also as ARM sent it. */
  instanceResources(address: ScaleSetAddress): Promise<Read<readonly InstanceResource[]>>;
  /** Exact versions of a platform image in a region, newest first. */
  imageVersions(image: PlatformImage): Promise<Read<readonly string[]>>;
  /** What the publisher of a platform image has announced of one version. */
  imageVersion(image: PlatformImage, version: string): Promise<Read<Announced>>;
  /** Every version of a gallery's image, one's own or another's, in no order. */
  galleryVersions(image: GalleryImage): Promise<Read<readonly GalleryVersion[]>>;
  /** Whether a version in one's own gallery has a whole copy in a region. */
  hasCopy(version: GalleryImage): Promise<Read<boolean>>;
  /** One instance as its own resource, without its instance view. */
  instanceResource(address: ScaleSetAddress, instanceId: string): Promise<Read<InstanceRead>>;
  /** Sizes that the set's hardware offers. */
  sizes(address: ScaleSetAddress): Promise<Read<readonly string[]>>;
  /** Whether an image of this resource id is there. */
  image(subscriptionId: string, imageId: string): Promise<Read<ImageFound>>;
  /** Automatic repairs as the set's instance view shows them; `absent` where they are not switched on. */
  repairs(address: ScaleSetAddress): Promise<Read<'running' | 'suspended' | 'absent'>>;
  /** Whether Azure's own rolling upgrade runs just now. */
  rollingUpgrade(address: ScaleSetAddress): Promise<Read<RollingUpgrade>>;
  /** One look at a long-running operation. */
  operation(subscriptionId: string, pollUrl: string): Promise<Read<OperationState>>;
}

export interface ImageFound {
  readonly location?: string;
}

/** An image of a gallery, or one version of it, seen from a region. */
export interface GalleryImage {
  readonly subscriptionId: string;
  readonly location: string;
  /** As a model names it. */
  readonly id: string;
}

/** A platform image that is deprecated makes no new disks; `deprecates`: when it will be, milliseconds since the epoch. */
export interface Announced {
  readonly isDeprecated: boolean;
  readonly deprecates?: number;
}

export interface PlatformImage {
  readonly subscriptionId: string;
  readonly location: string;
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
}
