using 'main.bicep'

// azd sets these; by hand, set the variables before `az deployment sub create`.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param deployerId = readEnvironmentVariable('AZURE_PRINCIPAL_ID')
param imageName = readEnvironmentVariable('SERVICE_BOT_IMAGE_NAME', '')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
param people = bool(readEnvironmentVariable('PEOPLE', 'false'))
param grantAdminConsent = bool(readEnvironmentVariable('GRANT_ADMIN_CONSENT', 'false'))
