# One image for web, worker and migrate. Pin both bases by digest where you build:
#   docker build --build-arg PYTHON_IMAGE=python@sha256:… --build-arg NODE_IMAGE=node@sha256:… .
ARG PYTHON_IMAGE=python:3.13-slim-bookworm
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS node

FROM ${PYTHON_IMAGE} AS build
# Only what the build needs of Node.js; none of it reaches the image that runs.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
RUN python -m venv /opt/trinh
COPY requirements.lock ./
RUN /opt/trinh/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.lock
COPY . .
RUN sh web/assets/build.sh /opt/trinh
RUN /opt/trinh/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM ${PYTHON_IMAGE}
RUN useradd --uid 10001 --create-home --home-dir /var/lib/trinh --shell /usr/sbin/nologin trinh
COPY --from=build /opt/trinh /opt/trinh
ENV PATH=/opt/trinh/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TRINH_HOME=/var/lib/trinh \
    PORT=8000
USER 10001
WORKDIR /var/lib/trinh
VOLUME /var/lib/trinh
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["trinh"]
CMD ["web"]
