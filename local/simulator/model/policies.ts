import { badRequest, invalidParameter } from '../errors/catalogue.ts';
import { canonical, valueAt } from './json.ts';
import {
  customIdOf,
  extensionsOf,
  healthSignalOf,
  imageReferenceOf,
  isHealthExtension,
  type ScaleSetModel,
} from './schema.ts';

const ROLLING = 'properties.upgradePolicy.rollingUpgradePolicy';
const OS_UPGRADE = 'properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade';
const PROFILE = 'properties.virtualMachineProfile';

/** Least and most of each percentage (arm-vmss.md 3.3). */
const PERCENTAGES: readonly (readonly [string, number, number])[] = [
  ['maxBatchInstancePercent', 5, 100],
  ['maxUnhealthyInstancePercent', 5, 100],
  ['maxUnhealthyUpgradedInstancePercent', 0, 100],
];

/** Refuses policies that the model's health signal cannot carry; a set that is so already is left alone. */
export function checkPolicies(before: ScaleSetModel | undefined, after: ScaleSetModel): void {
  for (const [name, least, most] of PERCENTAGES) {
    const percent = valueAt(after, `${ROLLING}.${name}`);
    if (typeof percent === 'number' && (percent < least || percent > most)) {
      throw invalidParameter(name, `The value of parameter ${name} must be between ${least} and ${most}.`);
    }
  }
  const moved = (read: (model: ScaleSetModel) => unknown): boolean =>
    before === undefined || read(before) !== read(after) || healthSignalOf(before) !== healthSignalOf(after);
  if (moved((model) => model.properties.upgradePolicy.mode)) checkRolling(after);
  if (moved((model) => valueAt(model, OS_UPGRADE))) checkOsUpgrade(after);
}

function checkRolling(model: ScaleSetModel): void {
  if (model.properties.upgradePolicy.mode !== 'Rolling' || healthSignalOf(model) !== 'none') return;
  throw badRequest(
    'Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health ' +
      'extension was not provided.',
  );
}

/** Whether the platform brings newer images to the set. */
export function upgradesItself(model: ScaleSetModel): boolean {
  return valueAt(model, OS_UPGRADE) === true;
}

function checkOsUpgrade(model: ScaleSetModel): void {
  if (!upgradesItself(model)) return;
  const why = 'Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because';
  const probe = valueAt(model, `${PROFILE}.networkProfile.healthProbe`) !== undefined;
  const extension = extensionsOf(model).some(isHealthExtension);
  if (!probe && !extension) {
    throw badRequest(`${why} a health probe or health extension was not specified.`);
  }
  if (probe && extension) {
    throw badRequest(`${why} both a health probe and a health extension were provided.`);
  }
  if (valueAt(model, `${PROFILE}.osProfile.windowsConfiguration.enableAutomaticUpdates`) === true) {
    throw badRequest(`${why} windowsConfiguration.enableAutomaticUpdates is set to true.`);
  }
}

/** An exact version cannot go with automatic OS upgrades; the words are those of terraform-provider-azurerm#11398. */
export function checkTakesOnlyLatest(before: ScaleSetModel | undefined, after: ScaleSetModel): void {
  if (!upgradesItself(after) || saysLatest(after)) return;
  const moved = before === undefined || !upgradesItself(before) || !sameImage(before, after);
  if (!moved) return;
  throw badRequest(
    'virtualMachineScaleSets with Automatic OS Upgrade enabled must use Platform or Gallery Image with version set ' +
      "to 'latest'.",
  );
}

function saysLatest(model: ScaleSetModel): boolean {
  const reference = imageReferenceOf(model);
  const { version } = reference;
  const id = customIdOf(reference);
  if (id === undefined) return version === undefined || version.toLowerCase() === 'latest';
  const named = /\/versions\/([^/]+)$/i.exec(id)?.[1];
  return /galleries\//i.test(id) && (named === undefined || named.toLowerCase() === 'latest');
}

function sameImage(before: ScaleSetModel, after: ScaleSetModel): boolean {
  return canonical(imageReferenceOf(before)) === canonical(imageReferenceOf(after));
}
