import { ArmError } from './arm-error.ts';

/*
 * Each refusal once, with the words of arm-vmss.md 3.4 and 5a where they are known.
 */

export function scaleSetNotFound(name: string, resourceGroup: string): ArmError {
  return new ArmError(404, {
    code: 'ResourceNotFound',
    message:
      `The Resource 'Microsoft.Compute/virtualMachineScaleSets/${name}' under resource group '${resourceGroup}' ` +
      'was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  });
}

export function resourceGroupNotFound(resourceGroup: string): ArmError {
  return new ArmError(404, {
    code: 'ResourceGroupNotFound',
    message: `Resource group '${resourceGroup}' could not be found.`,
  });
}

export function subscriptionNotFound(subscription: string): ArmError {
  return new ArmError(404, {
    code: 'SubscriptionNotFound',
    message: `The subscription '${subscription}' could not be found.`,
  });
}

export function entityNotFound(): ArmError {
  return new ArmError(404, {
    code: 'NotFound',
    message: 'The entity was not found in this Azure location.',
  });
}

/** An unknown publisher, offer, sku or version: "Publisher: fooBAR was not found." */
export function artifactNotFound(what: string, name: string): ArmError {
  return new ArmError(404, { code: 'NotFound', message: `${what}: ${name} was not found.` });
}

export function routeNotFound(path: string): ArmError {
  return new ArmError(404, {
    code: 'InvalidResourceType',
    message: `The resource type of '${path}' could not be found.`,
  });
}

export function missingApiVersion(): ArmError {
  return new ArmError(400, {
    code: 'MissingApiVersionParameter',
    message: 'The api-version query parameter (?api-version=) is required for all requests.',
  });
}

export function invalidParameter(target: string, message: string): ArmError {
  return new ArmError(400, { code: 'InvalidParameter', message, target });
}

export function badRequest(message: string): ArmError {
  return new ArmError(400, { code: 'BadRequest', message });
}

export function inactiveInstance(instanceId: string): ArmError {
  return invalidParameter(
    'instanceIds',
    `The provided instanceId ${instanceId} is not an active Virtual Machine Scale Set VM instanceId.`,
  );
}

export function malformedBody(): ArmError {
  return new ArmError(400, {
    code: 'InvalidRequestContent',
    message: 'The request content was invalid and could not be deserialized.',
  });
}

export function platformImageNotFound(urn: string): ArmError {
  return new ArmError(404, {
    code: 'PlatformImageNotFound',
    message:
      `The platform image '${urn}' is not available. ` +
      'Verify that all fields in the storage profile are correct.',
    target: 'imageReference',
  });
}

export function galleryImageNotFound(id: string): ArmError {
  return new ArmError(404, {
    code: 'GalleryImageNotFound',
    message: `The gallery image ${id} is not available in this region. Please contact the owner.`,
    target: 'imageReference',
  });
}

export function propertyChangeNotAllowed(property: string, status: number): ArmError {
  return new ArmError(status, {
    code: 'PropertyChangeNotAllowed',
    message: `Changing property '${property}' is not allowed.`,
    target: property,
  });
}

export function imageTypeChangeNotAllowed(status: number): ArmError {
  return new ArmError(status, {
    code: 'PropertyChangeNotAllowed',
    message: 'The Image type for a Virtual Machine Scale Set may not be changed.',
    target: 'imageReference',
  });
}

export function preconditionFailed(given: string, current: string): ArmError {
  return new ArmError(412, {
    code: 'PreconditionFailed',
    message: `Etag provided in if-match header ${given} does not match etag ${current} of resource.`,
  });
}

export function concurrentRequest(): ArmError {
  return new ArmError(409, {
    code: 'Conflict',
    message:
      'The request failed due to conflict with a concurrent request. To resolve it, please refer to ' +
      'https://aka.ms/activitylog to get more details on the conflicting requests.',
  });
}

export function operationNotAllowed(message: string): ArmError {
  return new ArmError(409, { code: 'OperationNotAllowed', message });
}

export function markedForDeletion(scaleSet: string): ArmError {
  return operationNotAllowed(
    `Operation 'Update Virtual Machine Scale Set' is not allowed on Virtual Machine Scale Set '${scaleSet}' since it ` +
      'is marked for deletion. For more information on your operations, please refer to https://aka.ms/activitylog.',
  );
}

export function serviceUnavailable(headers: Readonly<Record<string, string>>): ArmError {
  return new ArmError(503, { code: 'ServiceUnavailable', message: 'The service is unavailable.' }, headers);
}

export function tooManyModels(scaleSet: string, limit: number): ArmError {
  return operationNotAllowed(
    `Virtual Machine Scale Set '${scaleSet}' has reached its limit of ${limit} models that may be referenced by ` +
      'one or more VMs belonging to the Virtual Machine Scale Set. Upgrade the VMs to the latest model of the ' +
      'Virtual Machine Scale Set before trying again.',
  );
}

export const OPERATION_PREEMPTED = {
  code: 'OperationPreempted',
  message: 'Operation execution has been preempted by a more recent operation.',
};
