// The bot itself. On the first pass there is no image yet: a placeholder listens in its place.
param location string
param tags object
param appName string
param environmentId string
param registryServer string
param identityId string
param identityClientId string
param identityName string
param domain string
param botAppId string
param databaseHost string
param databaseName string
param vaultUri string
param imageName string
param people bool
param minReplicas int
param maxReplicas int

var firstPass = empty(imageName)
var port = 3978

var settings = [
  { name: 'HOST', value: '0.0.0.0' }
  { name: 'PORT', value: string(port) }
  { name: 'MicrosoftAppId', value: botAppId }
  { name: 'MicrosoftAppType', value: 'SingleTenant' }
  { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
  { name: 'MANAGED_IDENTITY_CLIENT_ID', value: identityClientId }
  { name: 'PUBLIC_URL', value: 'https://${domain}' }
  { name: 'ALLOWED_TENANTS', value: tenant().tenantId }
  { name: 'GRAPH_PERMISSION', value: 'delegated' }
  { name: 'PEOPLE', value: people ? 'on' : 'off' }
  { name: 'LOG_FORMAT', value: 'json' }
  {
    name: 'DATABASE_URL' // no password: the identity's token is one
    value: 'postgresql://${identityName}@${databaseHost}/${databaseName}?sslmode=require'
  }
]
var vaulted = firstPass ? [] : [{ name: 'TOKEN_KEYS', secretRef: 'token-keys' }]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: appName
  location: location
  tags: union(tags, { 'azd-service-name': 'bot' })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    managedEnvironmentId: environmentId
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: firstPass ? 80 : port
        transport: 'http'
        allowInsecure: false
      }
      registries: [{ server: registryServer, identity: identityId }]
      secrets: firstPass ? [] : [
        { name: 'token-keys', keyVaultUrl: '${vaultUri}secrets/token-keys', identity: identityId }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'bot'
          image: firstPass ? 'mcr.microsoft.com/k8se/quickstart:latest' : imageName
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(settings, vaulted)
          probes: firstPass ? [] : [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 3
              failureThreshold: 20
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: port }
              periodSeconds: 10
              timeoutSeconds: 3
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: port }
              periodSeconds: 5
              timeoutSeconds: 3
              failureThreshold: 2
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [{ name: 'requests', http: { metadata: { concurrentRequests: '50' } } }]
      }
    }
  }
}

output id string = app.id
