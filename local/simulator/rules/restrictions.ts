import type { ImageCatalogue } from '../store/images.ts';
import {
  badRequest,
  galleryImageNotFound,
  imageTypeChangeNotAllowed,
  invalidParameter,
  platformImageNotFound,
  propertyChangeNotAllowed,
} from '../errors/catalogue.ts';
import { canonical, valueAt, type JsonObject } from '../model/json.ts';
import { checkPolicies, upgradesItself } from '../model/policies.ts';
import { customIdOf, imageReferenceOf, type ScaleSetModel } from '../model/schema.ts';

const PROFILE = 'properties.virtualMachineProfile';

/** Fixed when the scale set is created (arm-vmss.md 3.4, last paragraph). */
const CREATE_TIME_ONLY = [
  'properties.orchestrationMode',
  'properties.platformFaultDomainCount',
  `${PROFILE}.osProfile.computerNamePrefix`,
  `${PROFILE}.storageProfile.osDisk.createOption`,
  `${PROFILE}.storageProfile.osDisk.managedDisk.storageAccountType`,
];

export interface ModelWrite {
  readonly before: ScaleSetModel;
  readonly after: ScaleSetModel;
  /** The body as sent: whether publisher and offer were set together is seen only there. */
  readonly patch: JsonObject;
}

/** Throws the service's refusal when a model may not become the other one. */
export function checkModelWrite(write: ModelWrite, images: ImageCatalogue, refusalStatus: number): void {
  const { before, after } = write;
  for (const path of CREATE_TIME_ONLY) {
    if (canonical(valueAt(before, path)) !== canonical(valueAt(after, path))) {
      throw propertyChangeNotAllowed(path.replace(/^.*\./, ''), refusalStatus);
    }
  }
  if (before.zones?.some((zone) => after.zones?.includes(zone) !== true) === true) {
    throw propertyChangeNotAllowed('zones', refusalStatus);
  }
  if (before.properties.singlePlacementGroup === false && after.properties.singlePlacementGroup === true) {
    throw propertyChangeNotAllowed('singlePlacementGroup', refusalStatus);
  }
  checkCapacity(after);
  checkSecurity(after);
  checkPolicies(before, after);
  checkImage(write, images, refusalStatus);
}

/** Throws the service's refusal of a new set. */
export function checkNewModel(images: ImageCatalogue, model: ScaleSetModel): void {
  if (model.properties.orchestrationMode !== 'Uniform') {
    throw invalidParameter('orchestrationMode', 'Only the orchestration mode Uniform is simulated.');
  }
  checkCapacity(model);
  checkFaultDomains(model);
  checkSecurity(model);
  checkPolicies(undefined, model);
  const image = imageReferenceOf(model);
  checkCustomImage(customIdOf(image), images);
  if (customIdOf(image) === undefined && images.resolve(image) === undefined) {
    throw platformImageNotFound([image.publisher, image.offer, image.sku, image.version].join(':'));
  }
}

/** A version of a known gallery image must be there, and in this region; other ids are taken as they are. */
function checkCustomImage(id: string | undefined, images: ImageCatalogue): void {
  if (id !== undefined && images.custom.isMissing(id)) throw galleryImageNotFound(id);
}

/** A zonal set has one fault domain or five, any other one to five (arm-vmss.md 3.2). */
function checkFaultDomains(model: ScaleSetModel): void {
  const { platformFaultDomainCount: count } = model.properties;
  if (count === undefined) return;
  const allowed = (model.zones ?? []).length > 0 ? [1, 5] : [1, 2, 3, 4, 5];
  if (!allowed.includes(count)) {
    throw invalidParameter(
      'platformFaultDomainCount',
      `The value ${count} of platformFaultDomainCount is not one of ${allowed.join(', ')}.`,
    );
  }
}

/** The image of a managed image cannot be trusted (arm-vmss.md 3.4, recorded). */
function checkSecurity(model: ScaleSetModel): void {
  const { id = '' } = imageReferenceOf(model);
  const trusted = valueAt(model, `${PROFILE}.securityProfile.securityType`) === 'TrustedLaunch';
  if (trusted && /\/Microsoft\.Compute\/images\//i.test(id)) {
    throw badRequest(
      'Managed Images are not supported for virtual machines with security type TrustedLaunch.',
    );
  }
}

function checkCapacity(model: ScaleSetModel): void {
  const { id = '' } = imageReferenceOf(model);
  const isManaged = /\/Microsoft\.Compute\/images\//i.test(id);
  const limit = model.properties.singlePlacementGroup === true ? 100 : isManaged ? 600 : 1000;
  if (model.sku.capacity > limit) {
    throw invalidParameter(
      'sku.capacity',
      `The capacity ${model.sku.capacity} is above the limit of ${limit}.`,
    );
  }
}

function checkImage(write: ModelWrite, images: ImageCatalogue, refusalStatus: number): void {
  const before = imageReferenceOf(write.before);
  const after = imageReferenceOf(write.after);
  if (canonical(before) === canonical(after)) return;
  const id = customIdOf(after);
  if ((customIdOf(before) === undefined) !== (id === undefined)) {
    throw imageTypeChangeNotAllowed(refusalStatus);
  }
  checkCustomImage(id, images);
  if (id !== undefined) return;

  const moved = before.publisher !== after.publisher || before.offer !== after.offer;
  const sent = valueAt(write.patch, `${PROFILE}.storageProfile.imageReference`);
  const whole = ['publisher', 'offer', 'sku', 'version'].every((key) => valueAt(sent, key) !== undefined);
  if (moved && !whole) throw propertyChangeNotAllowed('imageReference', refusalStatus);
  if (moved && upgradesItself(write.after)) {
    throw badRequest(
      'Virtual Machine Scale Sets with Automatic OS Upgrade enabled must have all VM instances upgraded to same ' +
        'Platform Image.',
    );
  }

  if (images.resolve(after) === undefined) {
    throw platformImageNotFound([after.publisher, after.offer, after.sku, after.version].join(':'));
  }
}
