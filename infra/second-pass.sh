#!/bin/sh
# What the templates cannot do in the statement that makes a thing. It may run any number of times.
# Needs: az, openssl, and what `azd provision` put out (azd sets it for its hooks).
set -eu
: "${BOT_APP_ID:?run this after azd provision}" "${VAULT_NAME:?run this after azd provision}"

# The application's own id is known only after it was made, so its address cannot name it earlier.
az ad app update --id "$BOT_APP_ID" --identifier-uris "api://botid-$BOT_APP_ID"

# The key of the token vault is made here and goes to the key vault; it is shown nowhere.
if ! az keyvault secret show --vault-name "$VAULT_NAME" --name token-keys --query id -o none 2>/dev/null; then
  printf 'k%s:%s' "$(date -u +%Y%m%d)" "$(openssl rand -base64 32)" |
    az keyvault secret set --vault-name "$VAULT_NAME" --name token-keys --file /dev/stdin --encoding utf-8 --output none
fi
echo "second pass: done"
