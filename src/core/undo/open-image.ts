import { galleryImageOf, versionId } from '../model/gallery.ts';
import { valueAt } from '../model/changed-paths.ts';
import { IMAGE_VERSION } from '../model/delta.ts';
import { isLatest } from '../model/image.ts';
import type { Model } from '../model/model.ts';

/** An image of the model that is whichever version is newest when a disk is made. */
export interface OpenImage {
  readonly path: string;
  /** The reference that it stands in. */
  readonly reference: string;
  readonly was: string;
  /** What the model must say for one version. */
  readonly exact: (version: string) => string;
  /** Azure refuses any exact version in a set that upgrades its image itself (arm-vmss.md, corrections). */
  readonly takesOnlyLatest: boolean;
}

const REFERENCE = 'virtualMachineProfile.storageProfile.imageReference';

/** A platform image that says `latest`, or an image of a gallery without a version or with that one (arm-vmss.md 3.3). */
export function openImage(model: Model): OpenImage | undefined {
  const takesOnlyLatest =
    valueAt(model, 'upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade') === true ||
    valueAt(model, 'virtualMachineProfile.serviceArtifactReference.id') !== null;
  const version = valueAt(model, IMAGE_VERSION);
  if (typeof version === 'string' && isLatest(version)) {
    const exact = (own: string): string => own;
    return { path: IMAGE_VERSION, reference: REFERENCE, was: version, exact, takesOnlyLatest };
  }
  const gallery = galleryImageOf(model);
  if (gallery === undefined || gallery.version !== undefined) return undefined;
  const { path, id, image } = gallery;
  const exact = (own: string): string => versionId(image, own);
  return { path, reference: REFERENCE, was: id, exact, takesOnlyLatest };
}

/** An exact version, and not the id or the URI that an instance shows where it shows none. */
export function isExactVersion(image: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(image);
}
