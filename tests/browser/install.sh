#!/bin/sh
# Chromium for the browser tests: the distribution's where there is one, else Playwright's own.
set -eu
if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1; then exit 0; fi
if command -v apt-get >/dev/null 2>&1; then
  sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo"
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium libatomic1 fonts-noto-cjk >/dev/null
else
  .venv/bin/python -m playwright install --with-deps chromium
fi
