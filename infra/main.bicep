// The bot in Azure: one resource group, no secret in a parameter or an output.
// Never deployed by this project: see README.md here.
targetScope = 'subscription'

@description('Short name of this installation, part of every resource name.')
@minLength(2)
@maxLength(20)
param environmentName string

@description('The Azure region.')
param location string

@description('Object id of the person who deploys: may write the key of the token vault.')
param deployerId string

@description('The container image. Empty on the first pass, which makes what the image needs.')
param imageName string = ''

@description('Ask for Presence.Read.All and User.ReadBasic.All, for colleagues and teams.')
param people bool = false

@description('Consent to the delegated scopes for everybody in the tenant.')
param grantAdminConsent bool = false

@description('At least one: reminders must tick while nobody writes.')
@minValue(1)
param minReplicas int = 1

@minValue(1)
param maxReplicas int = 3

@description('Where alerts are sent.')
param alertEmail string

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module monitor 'modules/monitor.bicep' = {
  name: 'monitor'
  scope: group
  params: { location: location, tags: tags, token: token }
}

module host 'modules/host.bicep' = {
  name: 'host'
  scope: group
  params: { location: location, tags: tags, token: token, workspaceName: monitor.outputs.workspaceName }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    readerId: host.outputs.identityPrincipalId
    deployerId: deployerId
    workspaceId: monitor.outputs.workspaceId
  }
}

module postgres 'modules/postgres.bicep' = {
  name: 'postgres'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    administratorId: host.outputs.identityPrincipalId
    administratorName: host.outputs.identityName
    workspaceId: monitor.outputs.workspaceId
  }
}

module entra 'modules/entra.bicep' = {
  name: 'entra'
  scope: group
  params: {
    appName: 'presence-bot-${token}'
    domain: host.outputs.domain
    identityPrincipalId: host.outputs.identityPrincipalId
    people: people
    grantAdminConsent: grantAdminConsent
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    location: location
    tags: tags
    appName: host.outputs.appName
    environmentId: host.outputs.environmentId
    registryServer: host.outputs.registryServer
    identityId: host.outputs.identityId
    identityClientId: host.outputs.identityClientId
    identityName: host.outputs.identityName
    domain: host.outputs.domain
    botAppId: entra.outputs.appId
    databaseHost: postgres.outputs.host
    databaseName: postgres.outputs.database
    vaultUri: vault.outputs.uri
    imageName: imageName
    people: people
    minReplicas: minReplicas
    maxReplicas: maxReplicas
  }
}

module bot 'modules/bot.bicep' = {
  name: 'bot'
  scope: group
  params: {
    tags: tags
    token: token
    appId: entra.outputs.appId
    domain: host.outputs.domain
    workspaceId: monitor.outputs.workspaceId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    email: alertEmail
    workspaceId: monitor.outputs.workspaceId
    appId: app.outputs.id
    appName: host.outputs.appName
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = host.outputs.registryServer
output BOT_APP_ID string = entra.outputs.appId
output BOT_DOMAIN string = host.outputs.domain
output VAULT_NAME string = vault.outputs.name
