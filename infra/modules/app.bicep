param name string
param location string
param tags object
param planId string
param identityId string
param identityClientId string
param storageAccountName string
param packageContainer string
param insightsConnectionString string
param vaultUri string
param encryptionKeysUri string
param noticeSettings object
param authClientId string
param cloud string
param nodeVersion string
param alwaysReadyInstances int
param maximumInstances int

// Secrets of notices, in the same vault: app settings by the names of the secrets.
var noticeReferences = toObject(
  items(noticeSettings),
  secret => secret.key,
  secret => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${secret.value})'
)

// Only these answer without a token: whether the app is well, and the files of its page, which hold nothing.
var openPaths = ['/api/health', '/api/dashboard', '/api/dashboard/*']

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: 'Enabled'
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2', ftpsState: 'Disabled', http20Enabled: true }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainer
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstances
        alwaysReady: [{ name: 'durable', instanceCount: alwaysReadyInstances }]
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(noticeReferences, {
      AzureWebJobsStorage__accountName: storageAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsSecretStorageType: 'keyvault'
      AzureWebJobsSecretStorageKeyVaultUri: vaultUri
      AzureWebJobsSecretStorageKeyVaultClientId: identityClientId
      AzureWebJobsDisableHomepage: 'true'
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      // App Service Authentication signs in with the identity's federated credential: there is no client secret.
      OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId
      AZURE_CLIENT_ID: identityClientId
      ROLLOUT_AUTH: 'entra'
      ROLLOUT_TENANT: tenant().tenantId
      ROLLOUT_AUDIENCE: authClientId
      ROLLOUT_CLOUD: cloud
      ROLLOUT_ENCRYPTION_KEYS: '@Microsoft.KeyVault(SecretUri=${encryptionKeysUri})'
    })
  }

  resource authentication 'config' = {
    name: 'authsettingsV2'
    dependsOn: [settings]
    properties: {
      platform: { enabled: true, runtimeVersion: '~1' }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'Return401'
        excludedPaths: openPaths
      }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: authClientId
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: { allowedAudiences: [authClientId] }
        }
      }
      login: { tokenStore: { enabled: true } }
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
