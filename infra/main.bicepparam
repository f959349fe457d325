using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'rollouts')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param authClientId = readEnvironmentVariable('AUTH_CLIENT_ID', '00000000-0000-0000-0000-000000000000')
param scaleSetGroups = json(readEnvironmentVariable('SCALE_SET_GROUPS', '[]'))
param noticeSettings = json(readEnvironmentVariable('NOTICE_SETTINGS', '{}'))
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
