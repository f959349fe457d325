/** Why something could not be provisioned, in the service's code and words. */
export interface ProvisioningFailure {
  readonly code: string;
  readonly message: string;
}
