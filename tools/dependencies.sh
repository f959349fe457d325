#!/bin/sh
# Installs what package-lock.json says, unless it is there already: npm ci begins by removing everything, and azd may
# run the hook of one step while another step still works with it.
set -e
installed=node_modules/.installed-from
if ! cmp -s package-lock.json "$installed"; then
  npm ci
  cp package-lock.json "$installed"
fi
