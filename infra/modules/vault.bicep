param name string
param location string
param tags object

@description('Whoever keeps the keys of the Functions host here.')
param principalId string

@description('What the secret becomes if there is none yet.')
@secure()
param newEncryptionKey string

var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
  }
}

resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
  }
}

// Made once: another value would leave the app unable to read what it has encrypted.
@onlyIfNotExists()
resource encryptionKeys 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'encryption-keys'
  properties: {
    contentType: 'ROLLOUT_ENCRYPTION_KEYS: id:secret, several with commas between them, the newest first'
    value: newEncryptionKey
  }
}

output encryptionKeysUri string = '${vault.properties.vaultUri}secrets/${encryptionKeys.name}'
output uri string = vault.properties.vaultUri
